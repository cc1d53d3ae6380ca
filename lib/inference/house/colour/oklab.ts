import { cubeRoot, srgbToLinear } from '../maths';

/** OKLab (Björn Ottosson, 2020): lightness, green-red, blue-yellow. */
export interface Lab {
  L: number;
  a: number;
  b: number;
}

export type Rgb = readonly [number, number, number];

/** Linear sRGB to OKLab. */
export function labOf([r, g, b]: Rgb): Lab {
  const l = cubeRoot(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = cubeRoot(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = cubeRoot(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return {
    L: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    a: 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    b: 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  };
}

function linearOf({ L, a, b }: Lab): Rgb {
  const l = L + 0.3963377774 * a + 0.2158037573 * b;
  const m = L - 0.1055613458 * a - 0.0638541728 * b;
  const s = L - 0.0894841775 * a - 1.291485548 * b;
  const l3 = l * l * l;
  const m3 = m * m * m;
  const s3 = s * s * s;
  return [
    4.0767416621 * l3 - 3.3077115913 * m3 + 0.2309699292 * s3,
    -1.2684380046 * l3 + 2.6097574011 * m3 - 0.3413193965 * s3,
    -0.0041960863 * l3 - 0.7034186147 * m3 + 1.707614701 * s3,
  ];
}

/** OKLab to linear sRGB; chroma shrinks until the colour fits the gamut. */
export function rgbOf(lab: Lab): Rgb {
  let { a, b } = lab;
  const L = Math.min(Math.max(lab.L, 0), 1);
  for (let i = 0; i < 24; i++) {
    const rgb = linearOf({ L, a, b });
    if (Math.min(...rgb) >= -0.0005 && Math.max(...rgb) <= 1.0005) return clip(rgb);
    a *= 0.93;
    b *= 0.93;
  }
  return clip(linearOf({ L, a, b }));
}

function clip([r, g, b]: Rgb): Rgb {
  const c = (v: number) => Math.min(Math.max(v, 0), 1);
  return [c(r), c(g), c(b)];
}

export function mixLab(p: Lab, q: Lab, t: number): Lab {
  return { L: p.L + (q.L - p.L) * t, a: p.a + (q.a - p.a) * t, b: p.b + (q.b - p.b) * t };
}

/** OKLab of a six digit hex colour without '#'. */
export function labOfHex(hex: string): Lab {
  const v = Number.parseInt(hex, 16);
  const part = (shift: number) => srgbToLinear(((v >> shift) & 255) / 255);
  return labOf([part(16), part(8), part(0)]);
}
