import type { ReactNode } from 'react';
import satori from 'satori';
import { cardFonts } from './fonts';

type Style = Record<string, string | number>;
/** What satori draws: plain objects in the shape of elements, so that nothing here needs React. */
export type Box = { type: 'div'; key?: string; props: { style: Style; children?: (Box | string)[] | string } };
export const box = (style: Style, children?: (Box | string)[] | string, key?: string): Box => ({
  type: 'div',
  key,
  props: { style: { display: 'flex', boxSizing: 'border-box', ...style }, children },
});

type Laid = { svg: string; heights: Map<string, number>; lacks: boolean };
type Size = { width: number; height?: number };

/** What no letter is drawn for anyway: joiners, marks of direction, variation selectors. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{White_Space}]/u;

/**
 * Boxes as an SVG with letters as paths. `lacks`: characters of no font of ours are in it, each drawn as an empty frame. `isMeasured` leaves the
 * paths out, for when only heights are asked for: a third of the time.
 */
export async function layOut(root: Box, size: Size, isMeasured = false): Promise<Laid> {
  const heights = new Map<string, number>();
  let lacks = false;
  const svg = await satori(root as unknown as ReactNode, {
    ...(size as { width: number; height: number }),
    fonts: cardFonts(),
    embedFont: !isMeasured,
    onNodeDetected: ({ key, height }) => void (key && heights.set(String(key), height)),
    loadAdditionalAsset: async (_, characters) => {
      lacks ||= [...characters].some((character) => !UNSEEN.test(character));
      return [];
    },
  });
  return { svg, heights, lacks };
}
