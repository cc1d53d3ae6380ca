import type { Metadata } from 'next';
import type { Mended } from '@/components/admin/corrections/correction-draft';
import { DecidedCorrections } from '@/components/admin/corrections/decided-corrections';
import { ProposalList } from '@/components/admin/corrections/proposal-list';
import { ProposeCorrection } from '@/components/admin/corrections/propose-correction';
import { PageHeading } from '@/components/ui/page-heading';
import { listDecided, listProposals } from '@/lib/corrections/queries';
import { database } from '@/lib/db';
import { findFinding } from '@/lib/reconciliation/queries';
import { checks, type FindingDto } from '@/lib/reconciliation/schema';
import { uuidInput } from '@/lib/uuid-input';
import { operatorOnly } from '../../operator-only';

export const metadata: Metadata = { title: 'Corrections' };

export default async function CorrectionsPage({ searchParams }: PageProps<'/admin/corrections'>) {
  const [actor, search] = await Promise.all([operatorOnly(), searchParams]);
  const db = database();
  const finding = uuidInput.safeParse(search.finding).data;
  const [proposals, decided, mends] = await Promise.all([
    listProposals(db, actor),
    listDecided(db, actor),
    finding ? findFinding(db, actor, finding) : null,
  ]);
  return (
    <>
      <PageHeading title="Corrections">
        Transfers by hand. One operator proposes, another approves; nobody decides about what is their own.
      </PageHeading>
      <div className="grid items-start gap-16 pb-16 lg:grid-cols-[minmax(0,1fr)_24rem] lg:gap-x-20">
        <div className="grid gap-16">
          <section aria-labelledby="proposals-heading" className="grid gap-6">
            <h2 id="proposals-heading" className="font-display text-xl">
              Wait for a decision
            </h2>
            {proposals.length === 0 ? (
              <p className="text-ink-soft">Nothing waits. What a finding says is wrong is mended by proposing a correction here.</p>
            ) : (
              <ProposalList proposals={proposals} />
            )}
          </section>
          <section aria-labelledby="decided-heading" className="grid gap-4">
            <h2 id="decided-heading" className="font-display text-xl">
              Decided
            </h2>
            {decided.length === 0 ? (
              <p className="text-ink-soft">None yet. Each stays here with who, when and why.</p>
            ) : (
              <DecidedCorrections corrections={decided} />
            )}
          </section>
        </div>
        <section aria-labelledby="propose-heading" className="grid gap-6">
          <h2 id="propose-heading" className="font-display text-xl">
            Propose one
          </h2>
          <ProposeCorrection key={mends?.id} mends={mends && toMended(mends)} />
        </section>
      </div>
    </>
  );
}

const toMended = ({ id, check, subject, unit, difference }: FindingDto): Mended => ({
  id,
  text: `${checks[check].title}: ${subject}`,
  amount: difference?.replace('-', '') ?? '',
  unit: unit === 'gwei' || unit === 'runs' ? unit : 'millicredits',
});
