import { moment, plural } from '@/components/format';
import { Badge } from '@/components/ui/badge';
import { Notice } from '@/components/ui/notice';
import { Progress } from '@/components/ui/progress';
import { checkNames, checks, type RunDto } from '@/lib/reconciliation/schema';

/** How far the open run is. */
export function RunProgress({ run }: { run: RunDto }) {
  const done = run.outcomes.length;
  const label = run.current ? `${checks[run.current].title}, ${done + 1} of ${checkNames.length}` : 'Waits for a worker to begin';
  return (
    <div className="grid gap-2" role="status">
      <p className="text-sm text-ink-soft">{label}</p>
      <Progress percent={run.current ? Math.round((done / checkNames.length) * 100) : null} label="Comparing" />
    </div>
  );
}

/** What the last run came to, in a sentence. */
export function RunVerdict({ run }: { run: RunDto | undefined }) {
  if (!run) return <p className="text-ink-soft">Nothing was compared yet. The first run comes by itself within a minute of a worker’s start.</p>;
  const when = run.endedAt ? moment(run.endedAt) : '';
  if (run.state === 'failed') {
    return (
      <Notice tone="bad">
        The run of {moment(run.createdAt)} failed: {run.error}
      </Notice>
    );
  }
  const differences = run.outcomes.reduce((sum, outcome) => sum + outcome.differences, 0);
  const failed = run.outcomes.filter(({ state }) => state === 'failed').length;
  if (differences > 0) return <Notice tone="bad">{`${plural('difference', differences)} to look into, as of ${when}.`}</Notice>;
  if (failed > 0)
    return <Notice tone="copper">{`What could be compared agrees, as of ${when}; ${plural('check', failed)} could not be made.`}</Notice>;
  return <Notice tone="good">{`The books agree with everything they were compared with, as of ${when}.`}</Notice>;
}

const triggers: Record<RunDto['trigger'], string> = { schedule: 'by schedule', operator: 'asked for', command: 'from the command line' };

/** The runs before. */
export function RunHistory({ runs }: { runs: RunDto[] }) {
  return (
    <ul className="border-t border-rule text-sm">
      {runs.map((run) => {
        const differences = run.outcomes.reduce((sum, outcome) => sum + outcome.differences, 0);
        return (
          <li key={run.id} className="flex flex-wrap items-baseline justify-between gap-x-4 border-b border-rule py-2">
            <span>
              {moment(run.createdAt)} <span className="text-ink-faint">{triggers[run.trigger]}</span>
            </span>
            {run.state === 'failed' ? (
              <Badge tone="bad">Failed</Badge>
            ) : (
              <Badge tone={differences > 0 ? 'bad' : 'good'}>{differences > 0 ? plural('difference', differences) : 'Agreed'}</Badge>
            )}
          </li>
        );
      })}
    </ul>
  );
}
