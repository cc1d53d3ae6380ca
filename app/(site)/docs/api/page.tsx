import type { Metadata } from 'next';
import { ApiOperationView } from '@/components/docs/api-operation';
import { SchemaFields } from '@/components/docs/schema-fields';
import { PageHeading } from '@/components/ui/page-heading';
import { gatewayOpenApi } from '@/lib/gateway/openapi/document';

export const metadata: Metadata = { title: 'API', description: 'Every route of the API: what it takes, answers and refuses with.' };

export default function ApiPage() {
  const { info, paths, components } = gatewayOpenApi();
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const tags = [...new Set(operations.flatMap(({ operation }) => operation.tags))];
  return (
    <>
      <PageHeading title="API">
        <a href="/gateway.openapi.json" className="text-link">
          OpenAPI 3.1
        </a>
        , version {info.version}
      </PageHeading>
      <div className="grid grid-cols-1 max-w-[52rem] gap-16">
        <div className="grid grid-cols-1 max-w-[42rem] gap-3 text-ink-soft">
          {info.description.split('\n\n').map((text) => (
            <p key={text}>{text}</p>
          ))}
        </div>
        {tags.map((tag) => (
          <section key={tag} aria-label={tag} className="grid grid-cols-1 gap-8">
            <h2 className="font-display text-2xl">{tag}</h2>
            {operations
              .filter(({ operation }) => operation.tags.includes(tag))
              .map((one) => (
                <ApiOperationView key={one.operation.operationId} {...one} />
              ))}
          </section>
        ))}
        <section aria-label="Schemas" className="grid grid-cols-1 gap-8">
          <h2 className="font-display text-2xl">What is sent and answered</h2>
          {Object.entries(components.schemas).map(([name, schema]) => (
            <section key={name} id={name} aria-labelledby={`${name}-title`} className="grid grid-cols-1 gap-2 border-t border-rule pt-6">
              <h3 id={`${name}-title`} className="font-mono text-sm">
                {name}
              </h3>
              {schema.description && <p className="text-sm text-ink-soft">{schema.description}</p>}
              <SchemaFields schema={schema} caption={`The fields of ${name}`} />
            </section>
          ))}
        </section>
      </div>
    </>
  );
}
