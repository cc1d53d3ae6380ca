'use client';
import { useEffect, useRef, useState } from 'react';
import { setAccessAction } from '@/lib/passes/actions';
import { describeRule } from '@/lib/passes/describe-rule';
import type { AccessRule } from '@/lib/passes/schema';
import { Button } from '../../ui/button';
import { Choice } from '../../ui/choice';
import { Notice } from '../../ui/notice';
import { Problem } from '../../ui/problem';
import { useServerAction } from '../../ui/use-server-action';
import { TextField } from '../text-field';
import { type Choices, GroupEditor } from './group-editor';
import { localTime } from './local-time';
import { draftOf, emptyParts, type Group, readRule, withKey } from './rule-draft';

type Props = { modelId: string; rule: AccessRule; earlyUntil: string | null; choices: Choices };

/** Who may run a model: everybody, or whoever meets the conditions, which are said in plain words before they are kept. */
export function AccessForm({ modelId, rule: given, earlyUntil, choices }: Props) {
  const { run, pending, problem, say } = useServerAction();
  const [draft, setDraft] = useState<Group | null>(() => draftOf(given));
  const [early, setEarly] = useState('');
  // In the browser's zone, which the server does not know.
  useEffect(() => setEarly(localTime(earlyUntil)), [earlyUntil]);
  const [kept, setKept] = useState(false);
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  const { rule, problem: wrong } = readRule(draft);
  const change = (set: () => void) => {
    setKept(false);
    say(null);
    set();
  };
  const keep = () => {
    setTried(true);
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    if (!rule) return say('Some of it has to be mended first. It is marked above.');
    const until = early ? new Date(early).toISOString() : null;
    run(() => setAccessAction({ modelId, rule, earlyUntil: until }), { onDone: () => setKept(true) });
  };
  const restrict = () => setDraft({ kind: 'any', of: [withKey(emptyParts.pass())] });
  return (
    <div ref={form} className="grid gap-8">
      <Choice<'everybody' | 'some'>
        name="who"
        aria-label="Who may run it"
        value={draft ? 'some' : 'everybody'}
        options={[
          { value: 'everybody', label: 'Everybody' },
          { value: 'some', label: 'Whoever meets conditions' },
        ]}
        onValueChange={(who) => change(() => (who === 'some' ? restrict() : setDraft(null)))}
      />
      {draft && <GroupEditor group={draft} onChange={(next) => change(() => setDraft(next))} choices={choices} tried={tried} />}
      <TextField
        label="Early access until"
        type="datetime-local"
        hint="By your clock. Until then only passes with early access let in, and the conditions besides. Empty: no early access."
        value={early}
        onValueChange={(value) => change(() => setEarly(value))}
        className="max-w-80"
      />
      <Preview rule={rule} wrong={wrong} early={early !== '' && new Date(early) > new Date()} choices={choices} />
      {early !== '' && <EarlyNotice until={new Date(early)} tiers={choices.tiers} />}
      <div className="grid justify-items-start gap-3">
        <Button loading={pending} onClick={keep}>
          Keep it
        </Button>
        <Problem>{problem}</Problem>
        <p role="status" className="text-sm text-ink-soft">
          {kept && 'Kept. It counts from the next run on.'}
        </p>
      </div>
    </div>
  );
}

/** The rule in the words that collectors read. */
function Preview({ rule, wrong, early, choices }: { rule: AccessRule | null; wrong: string | null; early: boolean; choices: Choices }) {
  const { tiers, chains } = choices;
  if (!rule) return <Notice>Not whole yet. {wrong}</Notice>;
  const ways = describeRule(rule, new Map(tiers.map(({ tierId, label }) => [tierId, label])), {
    names: new Map(chains.slice(1).map(({ chainId, name }) => [chainId, name])),
  });
  return (
    <Notice tone="copper">
      <p className="text-ink">In plain words</p>
      {rule.kind === 'public' ? (
        <p>Everybody may run it{early && ', once early access is over'}.</p>
      ) : (
        <p>
          To run it one needs {ways.join('; or ')}. You always may{early && '; until early access is over, a pass with early access besides'}.
        </p>
      )}
    </Notice>
  );
}

/** What early access would come to, where that is not what was meant. */
function EarlyNotice({ until, tiers }: { until: Date; tiers: Choices['tiers'] }) {
  if (until <= new Date()) return <Notice>That moment is over, so there is no early access.</Notice>;
  if (tiers.some(({ earlyAccess }) => earlyAccess)) return null;
  return <Notice tone="bad">None of your tiers has early access: until then nobody but you could run it.</Notice>;
}
