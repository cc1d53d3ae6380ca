/** How light a picture is at a place in 0..1 across and down: between its pixels, over white where it is transparent. */
export function lightOf({ width, height, rgba }: { width: number; height: number; rgba: Uint8Array }): (u: number, v: number) => number {
  const channel = (offset: number) => rgba[offset] ?? 0;
  const light = Float32Array.from({ length: width * height }, (_, i) => {
    const [at, alpha] = [i * 4, channel(i * 4 + 3)];
    const own = channel(at) * 0.2126 + channel(at + 1) * 0.7152 + channel(at + 2) * 0.0722;
    return (own * alpha + 255 * (255 - alpha)) / 65_025;
  });
  const inside = (value: number, end: number) => Math.min(Math.max(value, 0), end - 1);
  const at = (x: number, y: number) => light[inside(y, height) * width + inside(x, width)] ?? 0;
  return (u, v) => {
    const [x, y] = [u * width - 0.5, v * height - 0.5];
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [across, down] = [x - left, y - top];
    const above = at(left, top) * (1 - across) + at(left + 1, top) * across;
    const below = at(left, top + 1) * (1 - across) + at(left + 1, top + 1) * across;
    return above * (1 - down) + below * down;
  };
}
