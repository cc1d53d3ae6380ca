import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { AlarmList } from '@/components/protection/alarm-list';
import { BudgetForm } from '@/components/protection/budget-form';
import { CanaryList } from '@/components/protection/canary-list';
import { RestraintList } from '@/components/protection/restraint-list';
import { StepList } from '@/components/protection/step-list';
import { PageHeading } from '@/components/ui/page-heading';
import { currentActor } from '@/lib/auth/session';
import { database } from '@/lib/db';
import { getProtection } from '@/lib/protection/queries';
import { PLAIN_SENTENCE } from '@/lib/protection/schema';
import { ownModel } from '../../../own-model';

export const metadata: Metadata = { title: 'Protection', robots: { index: false } };

export default async function ProtectionPage({ params }: PageProps<'/studio/[slug]/protection'>) {
  const { slug, name } = await ownModel((await params).slug);
  const actor = await currentActor();
  if (!actor) notFound();
  const { alarms, budgets, restraints, canaries, steps } = await getProtection(database(), actor, slug);
  return (
    <>
      <PageHeading title={`Protection of ${name}`}>{PLAIN_SENTENCE}</PageHeading>
      <div className="grid max-w-[60rem] gap-14 pb-20">
        <Section
          id="alarms"
          title="Alarms"
          lead="What finished runs look like, by their settings, seeds, times and hashes. You see nobody’s prompts. An alarm is a hint and no proof: people with harmless reasons raise them, too."
        >
          <AlarmList slug={slug} alarms={alarms} />
        </Section>
        <Section
          id="budgets"
          title="Budgets"
          lead="How many runs may be started in an hour and on a day (UTC). Your own are not counted, and runs that end unpaid are given back. Leave a field empty for no limit."
        >
          {(['wallet', 'pass', 'model'] as const).map((subject) => (
            <BudgetForm key={subject} slug={slug} subject={subject} budget={budgets.find((budget) => budget.subject === subject) ?? null} />
          ))}
        </Section>
        <Section
          id="restraints"
          title="Slowed and stopped wallets"
          lead="They are told that you did it. What they made stays theirs, runs under way end as usual, and another wallet is made in a minute."
        >
          <RestraintList slug={slug} restraints={restraints} />
        </Section>
        <Section
          id="canaries"
          title="Canaries"
          lead="A prompt that only you know, or the content digest of an output that you marked. Who comes with it has it from somewhere it should not be. We keep a salted hash, so write it down yourself."
        >
          <CanaryList slug={slug} canaries={canaries} />
        </Section>
        <Section id="steps" title="What was done" lead="Kept for good.">
          <StepList steps={steps} />
        </Section>
      </div>
    </>
  );
}

function Section({ id, title, lead, children }: { id: string; title: string; lead: string; children: React.ReactNode }) {
  return (
    <section aria-labelledby={`${id}-heading`} className="grid gap-5">
      <div className="grid max-w-prose gap-1">
        <h2 id={`${id}-heading`} className="font-display text-xl">
          {title}
        </h2>
        <p className="text-sm text-ink-soft">{lead}</p>
      </div>
      {children}
    </section>
  );
}
