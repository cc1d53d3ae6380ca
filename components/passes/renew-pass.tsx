'use client';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { planRenewalAction } from '@/lib/passes/actions';
import type { PassRelayDto } from '@/lib/passes/relay/schema';
import type { PassDto } from '@/lib/passes/tier-schema';
import { ether } from '../format';
import { isUnderWay } from '../relay/relay-words';
import { TextField } from '../studio/text-field';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { dataOf, WalletProblem } from '../wallet/wallet-problem';
import { PassRelay } from './pass-relay';
import { PassStep, type Wallet } from './pass-step';
import { span } from './pass-words';
import { RelayFailed } from './relay-failed';
import { RenewWithCredits } from './renew-with-credits';
import { SentWatch } from './sent-watch';
import { usePassRelay } from './use-pass-relay';

const MOST_TIMES = 100;

type Props = Wallet & { pass: PassDto /** With credits, as the server knew it when the page was made. */; renewal: PassRelayDto | null };

/** Makes a pass last longer, at today's price: from the wallet or with credits. */
export function RenewPass({ pass, renewal, ...wallet }: Props) {
  const [open, setOpen] = useState(false);
  const { relay, follow, forget } = usePassRelay(renewal);
  const isOnItsWay = relay !== null && relay.step !== 'failed';
  const progress = useRef<HTMLDivElement>(null);
  const onStarted = (id: string, priceMillicredits: string) => {
    // Before the button that was pressed is gone.
    flushSync(() => follow(id, priceMillicredits, false));
    progress.current?.focus();
  };
  const begin = () => {
    if (relay?.step === 'safe') forget();
    setOpen(true);
  };
  return (
    <>
      <Button size="small" onClick={begin}>
        Renew
      </Button>
      {!open && <SentWatch {...stepOf(pass)} rpcPath={wallet.chain.rpcPath} />}
      {!open && isUnderWay(relay) && (
        <p role="status" className="self-center text-xs text-ink-soft">
          Renewing with credits: {relay.path ? 'settling' : 'waiting for the chain'}
        </p>
      )}
      {!open && (
        <div className="basis-full empty:hidden">
          <RelayFailed relay={relay} what="renewal" />
        </div>
      )}
      <Dialog open={open} onClose={() => setOpen(false)} title={`Renew ${pass.tier.label}`}>
        <div ref={progress} tabIndex={-1} className="outline-none empty:hidden">
          {relay && <PassRelay relay={relay} what="renewal" done="It lasts longer now." />}
        </div>
        {!isOnItsWay && <RenewForm pass={pass} {...wallet} onStarted={onStarted} />}
      </Dialog>
    </>
  );
}

const stepOf = ({ passId }: PassDto) => ({ subject: `renew ${passId}`, doing: 'Renewing the pass' });

type FormProps = Wallet & { pass: PassDto; onStarted(id: string, priceMillicredits: string): void };

function RenewForm({ pass, onStarted, ...wallet }: FormProps) {
  const { passId, tier } = pass;
  const [text, setText] = useState('1');
  const times = /^\d{1,3}$/.test(text.trim()) ? Number(text) : 0;
  const isGood = times >= 1 && times <= MOST_TIMES;
  const price = ether((BigInt(tier.priceWei) * BigInt(isGood ? times : 1)).toString());
  const plan = async () => {
    if (!isGood) throw new WalletProblem(`Renew it 1 to ${MOST_TIMES} times.`);
    return dataOf(await planRenewalAction({ passId, times }));
  };
  return (
    <>
      <p className="text-sm text-ink-soft">
        Each time adds {span(tier.durationSeconds)} to what is left, or starts now if nothing is. A renewal cannot be given back.
      </p>
      <TextField
        label="How many times"
        inputMode="numeric"
        value={text}
        onValueChange={setText}
        error={isGood ? null : `A whole number from 1 to ${MOST_TIMES}.`}
      />
      <PassStep
        {...wallet}
        {...stepOf(pass)}
        label={`Renew for ${price}`}
        purpose="renew it"
        done="It lasts longer now."
        plan={plan}
        otherWay={<RenewWithCredits passId={passId} times={isGood ? times : null} onStarted={onStarted} />}
      />
    </>
  );
}
