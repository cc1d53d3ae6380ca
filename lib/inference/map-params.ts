import { z } from 'zod';
import { pictureOf, type RunRequest } from './adapter';

const name = z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,60}$/);

/** How a deployment calls our parameters. Ours are whole numbers; `divisor` makes 75 into 7.5 where a provider wants that. */
export const inputMapping = z.strictObject({
  /** Our name → the provider's. A parameter without an entry goes by its own name in snake_case. */
  names: z.record(z.string(), name).default({}),
  divisors: z.record(z.string(), z.number().int().positive()).default({}),
  /** What is sent with every run. */
  fixed: z.record(name, z.union([z.string(), z.number(), z.boolean()])).default({}),
  prompt: name.default('prompt'),
  /** Empty: it takes no seed. */
  seed: z.union([name, z.literal('')]).default('seed'),
  /** Where an input picture goes, as a data URI. Empty: it takes none. */
  image: z.union([name, z.literal('')]).default('image'),
});
export type InputMapping = z.output<typeof inputMapping>;

/** Of a deployment whose mapping leaves no place for a picture. */
export const withoutPicture = ({ image }: Pick<InputMapping, 'image'>): string | null =>
  image === '' ? 'have no name for the picture: “image” is empty' : null;

const snakeCase = (text: string) => text.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const dataUri = (png: Uint8Array) => `data:image/png;base64,${Buffer.from(png).toString('base64')}`;

/** Our parameters under the provider's names, without prompt, seed and pictures. */
export function mapParams(
  { params }: Pick<RunRequest, 'params'>,
  { names, divisors, fixed }: Pick<InputMapping, 'names' | 'divisors' | 'fixed'>,
): Record<string, unknown> {
  const own = Object.entries(params).map(([key, value]) => {
    const divisor = Object.hasOwn(divisors, key) ? divisors[key] : undefined;
    return [Object.hasOwn(names, key) ? names[key] : snakeCase(key), divisor && typeof value === 'number' ? value / divisor : value];
  });
  return { ...fixed, ...Object.fromEntries(own) };
}

/** A provider's whole `input` object. The seed is a bigint: write it with `toExactJson`. */
export function mapInput(request: RunRequest, mapping: InputMapping): Record<string, unknown> {
  const input = pictureOf(request);
  return {
    ...mapParams(request, mapping),
    [mapping.prompt]: request.prompt,
    ...(mapping.seed && request.seedKind === 'exact' && { [mapping.seed]: request.seed }),
    ...(mapping.image && input && { [mapping.image]: dataUri(input.png) }),
  };
}
