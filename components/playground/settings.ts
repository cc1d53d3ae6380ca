import { pictureParameter } from '@/lib/models/input-parameter';
import type { ParameterProperty, ParameterSchema, ParameterValue, ParameterValues } from '@/lib/models/schema';

/** What the playground's form holds. */
export type Settings = {
  prompt: string;
  params: ParameterValues;
  /** uint64 as decimal text; null = a fresh one for each variation. */
  seed: string | null;
  count: number;
  /** The work to start from. Not kept: it is in the page's address. */
  parentWorkId?: string | null;
  /** The pass to run with. Not kept: it may have moved. */
  passId?: string | null;
};

const fits = (property: ParameterProperty, value: unknown): value is ParameterValue => {
  if (property.enum) return property.enum.some((allowed) => allowed === value);
  if (property.type === 'integer')
    return Number.isInteger(value) && Number(value) >= (property.minimum ?? -Infinity) && Number(value) <= (property.maximum ?? Infinity);
  return typeof value === property.type;
};

/** Values for every parameter of the schema: the given one where it still fits this version, else the default. */
export function fitParams(schema: ParameterSchema, given: Record<string, unknown> = {}): ParameterValues {
  return Object.fromEntries(
    Object.entries(schema.properties).map(([name, property]) => [name, fits(property, given[name]) ? given[name] : property.default]),
  );
}

/** Whether a run of these settings would be refused for the picture it does not start from. */
export function lacksPicture(schema: ParameterSchema, { params, parentWorkId }: Settings): boolean {
  const picture = pictureParameter(schema);
  return Boolean(picture?.property.minLength && !parentWorkId && !params[picture.name]);
}

const storageKey = (slug: string) => `intaglio:settings:${slug}`;

/** Keeps the settings for this tab, so that a sign-in, a purchase or a reload does not lose them. */
export function keepSettings(slug: string, settings: Settings): void {
  sessionStorage.setItem(storageKey(slug), JSON.stringify(settings));
}

/** The settings kept for this tab, made to fit the schema; null where there are none that can be read. */
export function keptSettings(slug: string, schema: ParameterSchema, maxCount: number): Settings | null {
  const text = sessionStorage.getItem(storageKey(slug));
  if (text === null) return null;
  try {
    const kept: Partial<Settings> = JSON.parse(text);
    return {
      prompt: typeof kept.prompt === 'string' ? kept.prompt : '',
      params: fitParams(schema, kept.params),
      seed: typeof kept.seed === 'string' ? kept.seed : null,
      count: Number.isInteger(kept.count) ? Math.min(maxCount, Math.max(1, Number(kept.count))) : 1,
    };
  } catch {
    sessionStorage.removeItem(storageKey(slug));
    return null;
  }
}
