'use client';
import { useState } from 'react';
import { refundRunsAction, restrainAction } from '@/lib/protection/actions';
import { ConfirmButton } from '../admin/confirm-button';
import { plural, shortHex } from '../format';
import { Button } from '../ui/button';
import { Input } from '../ui/input';
import { Problem } from '../ui/problem';
import { useServerAction } from '../ui/use-server-action';

type Props = { slug: string; address: string };

/** What a creator can do about one wallet on one model. */
export function WalletControls({ slug: model, address }: Props) {
  const { run, pending, problem, say } = useServerAction();
  const [seconds, setSeconds] = useState('60');
  const slow = () => {
    const minSeconds = Number(seconds);
    if (!Number.isInteger(minSeconds) || minSeconds < 1 || minSeconds > 604_800) return say('Seconds are a whole number from 1 to 604,800 (a week).');
    run(() => restrainAction({ kind: 'slowed', model, address, minSeconds }));
  };
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <span className="font-mono text-xs" title={address}>
          {shortHex(address, 6)}
        </span>
        <span className="flex items-center gap-2 text-xs text-ink-soft">
          One run in
          <Input
            aria-label="Seconds for each run"
            className="w-20"
            inputMode="numeric"
            value={seconds}
            onChange={(event) => setSeconds(event.target.value)}
          />
          seconds
        </span>
        <Button size="small" variant="outline" loading={pending} onClick={slow}>
          Slow
        </Button>
        <ConfirmButton
          label="Stop"
          sure="Stop this wallet"
          pending={pending}
          onConfirm={() => run(() => restrainAction({ kind: 'stopped', model, address }))}
        />
        <RefundRuns model={model} address={address} />
      </div>
      <Problem>{problem}</Problem>
    </div>
  );
}

/** Gives back the creator's share of a wallet's last runs. The id is kept until an answer came, so that pressing again is the same refund. */
function RefundRuns({ model, address }: { model: string; address: string }) {
  const { run, pending, problem, say } = useServerAction();
  const [runs, setRuns] = useState('10');
  const [id, setId] = useState(() => crypto.randomUUID());
  const [said, setSaid] = useState<string | null>(null);
  const refund = () => {
    const count = Number(runs);
    if (!Number.isInteger(count) || count < 1 || count > 50) return say('From 1 to 50 runs at once.');
    run(() => refundRunsAction({ id, model, address, runs: count }), {
      onDone: (data) => {
        setId(crypto.randomUUID());
        setSaid(`Your share of ${plural('run', data?.refunded ?? 0)} was given back. The works stay theirs.`);
      },
    });
  };
  return (
    <>
      <span className="flex items-center gap-2 text-xs text-ink-soft">
        Last
        <Input
          aria-label="How many of the last runs"
          className="w-16"
          inputMode="numeric"
          value={runs}
          onChange={(event) => setRuns(event.target.value)}
        />
        runs
      </span>
      <ConfirmButton label="Refund" sure="Give my share back" pending={pending} onConfirm={refund} />
      {said && (
        <span role="status" className="text-xs text-verdigris">
          {said}
        </span>
      )}
      <Problem>{problem}</Problem>
    </>
  );
}
