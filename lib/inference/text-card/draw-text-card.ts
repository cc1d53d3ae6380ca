import 'server-only';
import sharp from 'sharp';
import { fitText, textBox } from './fit-text';
import { CAPTION_FAMILY } from './fonts';
import { box, layOut } from './lay-out';

export const CARD_WIDTH_PX = 1200;
export const CARD_HEIGHT_PX = 1500;
const MARGIN_PX = 56;
const PADDING_PX = 88;
const CAPTION_PX = 104;
/** The tokens of app/globals.css by day, as a picture needs them. */
const COLOURS = { paper: '#faf9f6', sheet: '#fffefe', ink: '#161920', faint: '#63666d', rule: '#dedcd8', copper: '#984a22' };

export type Card = { width: number; height: number; png: Buffer };

/**
 * The picture of a text: the text on a sheet, its model beneath. It is for looking at; what the text is stands in the file's record. The same text
 * gives the same bytes on every machine, with or without fonts.
 */
export async function drawTextCard({ text, modelName }: { text: string; modelName: string }): Promise<Card> {
  const width = CARD_WIDTH_PX - 2 * (MARGIN_PX + PADDING_PX);
  const height = CARD_HEIGHT_PX - 2 * MARGIN_PX - PADDING_PX - CAPTION_PX - PADDING_PX / 2;
  const { fontSize, shown, moreWords } = await fitText(text, { width, height });
  const body = textBox(shown, fontSize, width);
  const { lacks } = await layOut(box({ width }, [body]), { width }, true);
  const caption = box(
    { justifyContent: 'space-between', alignItems: 'center', height: CAPTION_PX, borderTop: `2px solid ${COLOURS.rule}`, fontFamily: CAPTION_FAMILY },
    [
      box({ display: 'block', fontSize: 30, maxWidth: 420, lineClamp: 1, color: COLOURS.ink }, modelName),
      box({ display: 'block', fontSize: 24, color: moreWords > 0 || lacks ? COLOURS.copper : COLOURS.faint }, captionOf(moreWords, lacks)),
    ],
  );
  const sheet = box(
    {
      ...{ flexDirection: 'column', justifyContent: 'space-between', width: '100%', height: '100%' },
      ...{ padding: `${PADDING_PX}px ${PADDING_PX}px 0`, background: COLOURS.sheet, border: `2px solid ${COLOURS.rule}` },
    },
    [body, caption],
  );
  const card = box({ width: '100%', height: '100%', padding: MARGIN_PX, background: COLOURS.paper, color: COLOURS.ink }, [sheet]);
  const { svg } = await layOut(card, { width: CARD_WIDTH_PX, height: CARD_HEIGHT_PX });
  const png = await sharp(Buffer.from(svg)).removeAlpha().png({ compressionLevel: 9 }).toBuffer();
  return { width: CARD_WIDTH_PX, height: CARD_HEIGHT_PX, png };
}

function captionOf(moreWords: number, lacks: boolean): string {
  if (moreWords > 0) return `${moreWords.toLocaleString('en-US')} more ${moreWords === 1 ? 'word' : 'words'} in this file’s record`;
  return lacks ? 'Characters shown as frames are in this file’s record' : 'The text is in this file’s record';
}
