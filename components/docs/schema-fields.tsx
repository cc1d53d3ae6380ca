import { type JsonSchema, nameOfRef } from '@/lib/gateway/openapi/schema';
import { typeText } from '@/lib/gateway/openapi/type-text';
import { fieldsOf } from './fields-of';

/** The fields of an object, those of objects inside it by their path. */
export function SchemaFields({ schema, caption }: { schema: JsonSchema; caption: string }) {
  const fields = fieldsOf(schema);
  if (fields.length === 0) return <p className="font-mono text-xs text-ink-soft">{typeText(schema)}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways has to be reached with a keyboard
    <div className="overflow-x-auto" tabIndex={0}>
      <table className="w-full min-w-96 text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">Field</th>
            <th scope="col">What it is</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ path, schema: field, isRequired }) => (
            <tr key={path} className="border-b border-rule align-baseline">
              <td className="w-2/5 py-1.5 pr-4 font-mono text-xs break-words text-ink">
                {path}
                {isRequired ? '' : '?'}
              </td>
              <td className="py-1.5">
                <TypeName schema={field} />
                {bounds(field) && <span className="pl-2 text-xs text-ink-faint">{bounds(field)}</span>}
                {field.description && <span className="block text-xs text-ink-soft">{field.description}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A type, as a link where it is described on this page. */
export function TypeName({ schema }: { schema: JsonSchema }) {
  const ref = schema.$ref ?? schema.items?.$ref;
  const text = <code className="font-mono text-xs break-words text-ink-soft">{schema.properties ? 'object' : typeText(schema)}</code>;
  if (!ref) return text;
  return (
    <a href={`#${nameOfRef(ref)}`} className="text-link">
      {text}
    </a>
  );
}

function bounds({ minimum, maximum, maxLength, default: start, format }: JsonSchema): string {
  const range = minimum !== undefined && maximum !== undefined ? `${minimum} to ${maximum}` : maxLength ? `at most ${maxLength} characters` : null;
  return [format, range, start === undefined ? null : `${JSON.stringify(start)} where left out`].filter(Boolean).join(', ');
}
