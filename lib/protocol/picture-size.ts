/** Most pixels of a picture that is made, taken or checked: 160 MB as RGBA. */
export const MAX_PIXELS = 40_000_000;
/** Most on one side: many steps cost by rows, and a picture one pixel wide and forty million high is nothing that anybody made. */
export const MAX_SIDE = 16_384;

/** Whether a picture may be so large. Every way in asks this before it decodes, or at the latest before it keeps anything. */
export function isPictureSize(width: number, height: number): boolean {
  const fits = (side: number) => Number.isInteger(side) && side > 0 && side <= MAX_SIDE;
  return fits(width) && fits(height) && width * height <= MAX_PIXELS;
}
