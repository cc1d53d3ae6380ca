'use client';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icon';
import { Notice } from '../../ui/notice';
import { Progress } from '../../ui/progress';
import { CannotReRun } from './cannot-re-run';
import { OpeningForm } from './opening-form';
import type { ReRunProps } from './re-run';
import { useReRun } from './use-re-run';

/** One run in this browser, from what it needs to what came out. */
export function ReRunPanel(props: ReRunProps) {
  const { state, run, stop } = useReRun(props);
  return (
    <div className="grid max-w-prose justify-items-start gap-3 text-sm" data-testid="re-run-panel" data-step={state.step}>
      {state.step === 'looking' && <Progress percent={null} label="Reading the model’s manifest" />}
      {state.step === 'impossible' && <CannotReRun state={state} />}
      {state.step === 'closed' && <OpeningForm wrong={state.wrong} onOpening={run} />}
      {state.step === 'running' && (
        <>
          <p>Your browser runs the model with the signed seed, settings and prompt.</p>
          <Progress percent={state.percent} label="Progress of the run" />
          <Button size="small" variant="outline" onClick={stop}>
            Stop
          </Button>
        </>
      )}
      {state.step === 'stopped' && (
        <>
          <p>Stopped.</p>
          <Button size="small" variant="outline" onClick={() => run(props.opening)}>
            Start over
          </Button>
        </>
      )}
      {state.step === 'failed' && (
        <Notice tone="bad" role="alert">
          Your browser could not finish the run ({state.message}). That says nothing about the work.
        </Notice>
      )}
      {state.step === 'done' && <Outcome same={state.same} content={state.content} signed={props.record.receipt.content} />}
    </div>
  );
}

function Outcome({ same, content, signed }: { same: boolean; content: string; signed: string }) {
  return (
    <div role="status" className="grid gap-1" data-testid="re-run-outcome" data-same={same}>
      <p className={`flex items-center gap-2 font-medium ${same ? 'text-verdigris' : 'text-madder'}`}>
        <Icon name={same ? 'check' : 'x'} className="size-4" />
        {same ? 'The same picture, to the last pixel' : 'Another picture came out'}
      </p>
      <p className="text-ink-soft">
        {same
          ? 'Your browser ran the model itself and got exactly the pixels that the receipt is signed over. For this work nobody has to be believed: neither the maker nor us.'
          : 'With the signed seed, settings and prompt this model makes other pixels than the receipt names. The work was not made as its record says, or your browser computes wrongly.'}
      </p>
      <p className="font-mono text-xs break-all text-ink-faint">{same ? content : `signed ${signed}, made here ${content}`}</p>
    </div>
  );
}
