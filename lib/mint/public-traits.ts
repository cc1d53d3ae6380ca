import { labelOf } from '@/lib/models/labels';
import type { ParameterSchema, ParameterValue } from '@/lib/models/schema';
import { isSafeText, utf8Length } from '@/lib/protocol/json-text';
import { MAX_TRAITS_BYTES, type Trait } from '@/lib/protocol/traits';

type Described = { modelName: string; versionNumber: number; work: Extent; parameters: ParameterSchema; paramsText: string };
/** How large a work is, as the row of it says. */
type Extent = { width: number; height: number; text: string | null };

/** A field of the trait bytes has one byte of length. */
const MAX_FIELD_BYTES = 255;

/**
 * What a token says about its work beside the digests: model, version, size (of a text how many characters, not how large its card is), and the
 * choices made. Only parameters whose values the
 * version's public schema lists: what a person typed is never a trait.
 */
export function publicTraits({ modelName, versionNumber, work, parameters, paramsText }: Described): Trait[] {
  const values = JSON.parse(paramsText) as Record<string, string | boolean>;
  const choices = Object.entries(parameters.properties).flatMap(([name, property]): Trait[] => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined || !isListed(property.type, property.enum, value)) return [];
    return [{ name: property.title, value: labelOf(property, value) ?? wordFor(value) }];
  });
  const all = [{ name: 'Model', value: modelName }, { name: 'Version', value: String(versionNumber) }, extentOf(work), ...choices];
  return withinLimits(all.filter(({ name, value }) => isPlain(name) && isPlain(value)));
}

const extentOf = ({ width, height, text }: Extent): Trait =>
  text === null ? { name: 'Size', value: `${width} × ${height}` } : { name: 'Characters', value: String([...text].length) };

/** Parameter text holds integers as strings. */
function isListed(type: string, listed: (string | number)[] | undefined, value: ParameterValue): boolean {
  return type === 'boolean' || (listed?.some((allowed) => String(allowed) === value) ?? false);
}

const wordFor = (value: string | boolean) => (typeof value === 'string' ? value : value ? 'Yes' : 'No');
const isPlain = (text: string) => utf8Length(text) >= 1 && utf8Length(text) <= MAX_FIELD_BYTES && isSafeText(text);

function withinLimits(traits: Trait[]): Trait[] {
  let used = 0;
  return traits.filter(({ name, value }) => {
    const size = 2 + utf8Length(name) + utf8Length(value);
    if (used + size > MAX_TRAITS_BYTES) return false;
    used += size;
    return true;
  });
}
