import type { AlarmDto } from '@/lib/protection/schema';
import { duration, plural } from '../format';

/** As long as people say it. */
const span = (ms: number) =>
  ms < 2 * 3_600_000 ? duration(ms) : ms < 2 * 86_400_000 ? `${Math.round(ms / 3_600_000)} hours` : `${Math.round(ms / 86_400_000)} days`;
const percent = (share: number | undefined) => `${Math.round(100 * (share ?? 0))} %`;
const shapes = {
  grid: 'The combinations of settings are gone through by a plan, as on graph paper.',
  spread: 'Most settings change with every query, with no memory of the one before, until their whole range is covered.',
  template: 'The prompts are one sentence with gaps that are filled in turn, or one thought in many ways.',
  probe: 'One prompt is asked under the same few seeds with many settings, as if to find out what each does.',
};

/** What was seen, and what harmless reason it may have. */
export function alarmWords(alarm: AlarmDto): { title: string; facts: string[]; harmless: string } {
  if (alarm.kind === 'sweep') {
    const { shape, queries, distinct, fromMs, toMs, shares } = alarm.evidence;
    const why = {
      grid: `${percent(shares.filled)} of the combinations of the values that were chosen were asked for; ${percent(shares.regular)} of the steps turn one setting by its usual step`,
      spread: `${percent(shares.manyTurned)} of the steps turn most settings at once, and a step is as wide as between any two queries (${percent(shares.memoryless)})`,
      template: `${percent(shares.nearWords)} of the prompts share most words with one before them, and ${percent(shares.distinctWords)} were never asked before`,
      probe: `${shares.settingsCompared} settings under one prompt, ${percent(shares.underSameSeeds)} of them with more than one of the same seeds`,
    };
    const facts = [shapes[shape], `${queries} queries in ${span(toMs - fromMs)}, ${distinct} of them different.`, `${why[shape]}.`];
    return {
      title: 'A sweep',
      facts,
      harmless: 'Somebody may be making a catalogue of your model’s settings, or a script may roll the dice for fun.',
    };
  }
  if (alarm.kind === 'seeds') {
    const { runs, distinctSeeds, distinctPrompts, fromMs, toMs, medianGapMs, counting } = alarm.evidence;
    const facts = [
      `${runs} runs with the same settings and almost the same words (${plural('prompt', distinctPrompts)}), ${distinctSeeds} seeds, in ${span(toMs - fromMs)}.`,
      `Half of them came within ${span(medianGapMs)} of the one before; ${percent(counting)} of the seeds count up by one.`,
    ];
    return { title: 'Only the seed changes', facts, harmless: 'Somebody may be looking for the one picture among many, or make one a day.' };
  }
  if (alarm.kind === 'linked') {
    const { wallets, payers, addresses, prompts, runs, jointly } = alarm.evidence;
    const facts = [
      `${wallets} wallets with ${runs} runs. In common: ${[payers && 'who paid for their passes or credits', addresses && 'the address they call from', prompts && `${plural('prompt', prompts)} within hours`].filter(Boolean).join(', ')}.`,
      ...(jointly ? [`Taken together: ${shapes[jointly]}`] : []),
    ];
    return {
      title: 'Wallets that seem to belong together',
      facts,
      harmless: 'Friends, a class or a company have all of this in common. Somebody who takes care has none of it.',
    };
  }
  const { label, kind, match } = alarm.evidence;
  const seen =
    kind === 'output' ? 'A run started from this output.' : match === 'equal' ? 'A prompt was exactly this one.' : 'A longer prompt had it inside.';
  return { title: `Canary: ${label}`, facts: [seen], harmless: 'If you showed it to somebody, it is no secret any more: remove it.' };
}
