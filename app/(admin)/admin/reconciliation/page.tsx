import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { CheckList } from '@/components/admin/reconciliation/check-list';
import { FindingList } from '@/components/admin/reconciliation/finding-list';
import { RunNow } from '@/components/admin/reconciliation/run-now';
import { RunHistory, RunProgress, RunVerdict } from '@/components/admin/reconciliation/run-state';
import { PageHeading } from '@/components/ui/page-heading';
import { RefreshWhile } from '@/components/works/refresh-while';
import { database } from '@/lib/db';
import { listResolvedFindings, listRuns, listStandingFindings } from '@/lib/reconciliation/queries';
import { operatorOnly } from '../../operator-only';

export const metadata: Metadata = { title: 'Reconciliation' };

const RUN_LOOK_MS = 1_500;

export default async function ReconciliationPage() {
  const actor = await operatorOnly();
  const db = database();
  const [runs, standing, resolved] = await Promise.all([listRuns(db, actor), listStandingFindings(db, actor), listResolvedFindings(db, actor)]);
  const open = runs.find(({ state }) => state === 'waiting' || state === 'running');
  const ended = runs.filter((run) => run !== open);
  const shown = ended[0];
  return (
    <>
      <RefreshWhile active={open !== undefined} everyMs={RUN_LOOK_MS} />
      <PageHeading title="Reconciliation">The books, compared with the chain, the card processor and the works delivered.</PageHeading>
      <div className="grid items-start gap-16 pb-16 lg:grid-cols-[minmax(0,1fr)_24rem] lg:gap-x-20">
        <div className="grid gap-12">
          <section aria-label="State" className="grid gap-6">
            <RunVerdict run={shown} />
            {open && <RunProgress run={open} />}
            <RunNow running={open !== undefined} />
          </section>
          <Section id="findings" title="What differs">
            {standing.length === 0 ? <p className="text-ink-soft">Nothing differs.</p> : <FindingList findings={standing} />}
          </Section>
          {resolved.length > 0 && (
            <Section id="resolved" title="Differed before">
              <FindingList findings={resolved} />
            </Section>
          )}
        </div>
        <div className="grid gap-12">
          {shown && (
            <Section id="checks" title="What was compared">
              <CheckList outcomes={shown.outcomes} />
            </Section>
          )}
          {ended.length > 0 && (
            <Section id="runs" title="Runs">
              <RunHistory runs={ended} />
            </Section>
          )}
        </div>
      </div>
    </>
  );
}

function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={`${id}-heading`} className="grid gap-4">
      <h2 id={`${id}-heading`} className="font-display text-xl">
        {title}
      </h2>
      {children}
    </section>
  );
}
