import type { Metadata } from 'next';
import Link from 'next/link';
import { Examples } from '@/components/docs/examples';
import { Button } from '@/components/ui/button';
import { PageHeading } from '@/components/ui/page-heading';
import { Select } from '@/components/ui/select';
import { currentActor } from '@/lib/auth/session';
import { database } from '@/lib/db';
import { env } from '@/lib/env';
import { exampleModel } from '@/lib/gateway/docs/example-model';
import { examplesOf } from '@/lib/gateway/docs/examples';
import { listModelNames } from '@/lib/models/queries';

export const metadata: Metadata = { title: 'Docs', description: 'Run models from a program: a key, a base URL, and OpenAI’s libraries or ours.' };

export default async function DocsPage({ searchParams }: PageProps<'/docs'>) {
  const [actor, search] = await Promise.all([currentActor(), searchParams]);
  const [model, models] = await Promise.all([exampleModel(database(), actor, [search.model].flat()[0]), listModelNames(database())]);
  return (
    <>
      <PageHeading title="Run models from a program">
        Make an{' '}
        <Link href="/keys" className="text-link">
          API key
        </Link>{' '}
        and put it into your environment as INTAGLIO_KEY, or let your wallet{' '}
        <Link href="/docs/signed-requests" className="text-link">
          sign each request
        </Link>
        . What a program makes is yours, paid with your credits or a pass, and signed like everything here.
      </PageHeading>
      {model ? (
        <div className="grid grid-cols-1 max-w-[52rem] gap-12">
          <form action="/docs" method="get" className="flex max-w-md items-end gap-3">
            <label htmlFor="model" className="grid flex-1 gap-1 text-sm">
              Examples with
              <Select id="model" name="model" defaultValue={model.slug}>
                {models.map(({ slug, name }) => (
                  <option key={slug} value={slug}>
                    {name}
                  </option>
                ))}
              </Select>
            </label>
            <Button type="submit" variant="outline">
              Show
            </Button>
          </form>
          <Examples examples={examplesOf(env.PUBLIC_URL, model)} />
        </div>
      ) : (
        <p className="text-ink-soft">There is no model here yet. Examples come with the first.</p>
      )}
      <section aria-labelledby="more" className="grid grid-cols-1 max-w-[42rem] gap-3 pt-12 text-ink-soft">
        <h2 id="more" className="font-display text-xl text-ink">
          And then
        </h2>
        <p>
          <Link href="/docs/api" className="text-link">
            The API
          </Link>{' '}
          has every route;{' '}
          <a href="/gateway.openapi.json" className="text-link">
            its OpenAPI document
          </a>{' '}
          is for your tools, and <code className="font-mono text-sm">packages/client</code> in our repository is the typed client of the examples.
          Agents find it all at <code className="font-mono text-sm wrap-anywhere">{env.PUBLIC_URL}/api/v1/mcp</code> (MCP, streamable HTTP, the same
          key).{' '}
          <Link href="/usage" className="text-link">
            Usage
          </Link>{' '}
          shows what your keys did.
        </p>
        <p>
          Without a key or a wallet’s signature a single call can be paid in USDC: those that make runs answer 402 with what it costs, as{' '}
          <a href="https://www.x402.org" className="text-link">
            x402
          </a>{' '}
          has it, and its clients send the payment with the same call. Nothing is settled for a run that fails.
        </p>
        <p>Limits and alarms make copying a model dearer. They do not prevent it: what a model answers can always be used to train another.</p>
      </section>
    </>
  );
}
