import type { JsonSchema } from '@/lib/gateway/openapi/schema';

export type SchemaField = { path: string; schema: JsonSchema; isRequired: boolean };

/** The object in a schema that may be null, or that is what an array holds. */
function inside(schema: JsonSchema): { schema: JsonSchema; suffix: string } | null {
  if (schema.properties) return { schema, suffix: '' };
  if (schema.items) {
    const held = inside(schema.items);
    return held && { ...held, suffix: `[]${held.suffix}` };
  }
  const [only, ...more] = (schema.anyOf ?? []).filter(({ properties }) => properties);
  return only && more.length === 0 ? { schema: only, suffix: '' } : null;
}

/** An object's fields, and after each the fields inside it. What is named elsewhere stays a name. */
export function fieldsOf(schema: JsonSchema, before = ''): SchemaField[] {
  const { properties = {}, required = [] } = schema;
  return Object.entries(properties).flatMap(([name, field]) => {
    const path = `${before}${name}`;
    const within = inside(field);
    const own = { path, schema: field, isRequired: required.includes(name) };
    return within ? [own, ...fieldsOf(within.schema, `${path}${within.suffix}.`)] : [own];
  });
}
