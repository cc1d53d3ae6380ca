import Link from 'next/link';
import type { ApiOperation, JsonSchema } from '@/lib/gateway/openapi/schema';
import { Disclosure } from '../ui/disclosure';
import { TypeName } from './schema-fields';

type Props = { path: string; method: string; operation: ApiOperation };

/** One route and method: what it takes, what it answers, what it refuses with. */
export function ApiOperationView({ path, method, operation }: Props) {
  const { operationId, summary, description, security, parameters = [], requestBody, responses } = operation;
  const [first] = security;
  const scope = first && Object.values(first)[0]?.[0];
  const delivered = Object.entries(responses).filter(([status]) => status < '400');
  const refused = Object.entries(responses).filter(([status]) => status >= '400');
  return (
    <section id={operationId} aria-labelledby={`${operationId}-title`} className="grid grid-cols-1 gap-3 border-t border-rule pt-6">
      <h3 id={`${operationId}-title`} className="font-mono text-sm break-words">
        <span className="text-copper uppercase">{method}</span> /api/v1{path}
      </h3>
      <p className="text-ink-soft">{summary}</p>
      {description && <p className="text-sm text-ink-soft">{description}</p>}
      <p className="text-xs text-ink-faint">{scope ? `A key with the scope “${scope}”, or a signed request.` : 'Open to everybody.'}</p>
      {parameters.map(({ name, in: where, description: what, required, schema }) => (
        <p key={name} className="text-sm text-ink-soft">
          <code className="font-mono text-xs text-ink">
            {name}
            {required ? '' : '?'}
          </code>{' '}
          <span className="text-xs text-ink-faint">in the {where}</span> <TypeName schema={schema} /> · {what}
        </p>
      ))}
      {requestBody && <Bodies title="Takes" content={requestBody.content} />}
      {delivered.map(([status, { description: what, content }]) => (
        <Bodies key={status} title={status} text={what} content={content} />
      ))}
      <Disclosure summary="Errors">
        <ul className="grid grid-cols-1 gap-1">
          {refused.map(([status, { description: codes }]) => (
            <li key={status}>
              <span className="pr-3 tabular-nums text-ink">{status}</span>
              <Codes text={codes} />
            </li>
          ))}
        </ul>
      </Disclosure>
    </section>
  );
}

function Bodies({ title, text, content }: { title: string; text?: string; content: Record<string, { schema: JsonSchema }> }) {
  return (
    <p className="text-sm text-ink-soft">
      <span className="pr-2 text-ink">{title}</span>
      {text && `${text} `}
      {Object.entries(content).map(([type, { schema }]) => (
        <span key={type} className="pr-3 wrap-anywhere">
          <span className="text-xs text-ink-faint">{type}</span>{' '}
          {(schema.oneOf ?? [schema]).map((one, i) => (
            <span key={one.$ref ?? type}>
              {i > 0 && ' or '}
              <TypeName schema={one} />
            </span>
          ))}
        </span>
      ))}
    </p>
  );
}

/** Codes in backticks, each as a link to what it means. */
function Codes({ text }: { text: string }) {
  const codes = [...text.matchAll(/`(\w+)`/g)].map(([, code]) => code ?? '');
  if (codes.length === 0) return text;
  return codes.map((code, i) => (
    <span key={code}>
      {i > 0 && ', '}
      <Link href={`/docs/errors#${code}`} className="text-link font-mono text-xs">
        {code}
      </Link>
    </span>
  ));
}
