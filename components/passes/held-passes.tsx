import type { Route } from 'next';
import Link from 'next/link';
import type { HeldPassDto, PassRenewalDto } from '@/lib/passes/page-schema';
import { Badge } from '../ui/badge';
import { GivePass } from './give-pass';
import type { Wallet } from './pass-step';
import { expiryWords, nextWords, passState, runsWords } from './pass-words';
import { RelayFailed } from './relay-failed';
import { RenewPass } from './renew-pass';
import { ReturnPass } from './return-pass';
import { TierPicture } from './tier-list';

type Props = Wallet & { passes: HeldPassDto[]; renewals: PassRenewalDto[] /** When the page was made. */; now: number };

/** The passes somebody holds, with what can be done with each. */
export function HeldPasses({ passes, renewals, now, ...wallet }: Props) {
  return (
    <ul className="grid gap-12 lg:grid-cols-2 lg:gap-x-16">
      {passes.map((held) => (
        <li
          key={held.pass.passId}
          className="grid grid-cols-[5.5rem_minmax(0,1fr)] content-start gap-x-5 gap-y-5 border-t border-rule pt-6 sm:grid-cols-[8rem_minmax(0,1fr)]"
        >
          <TierPicture cid={held.pass.tier.imageCid} className="self-start" />
          <PassFacts held={held} now={now} />
          <PassControls held={held} renewal={renewals.find(({ passId }) => passId === held.pass.passId) ?? null} now={now} {...wallet} />
        </li>
      ))}
    </ul>
  );
}

function PassFacts({ held: { pass, runs, path, models }, now }: { held: HeldPassDto; now: number }) {
  const isGood = passState(pass, now) === 'good';
  return (
    <div className="grid content-start gap-1.5">
      <h2 className="font-display text-xl">
        <Link href={path as Route} className="hover:underline hover:decoration-copper hover:underline-offset-4">
          {pass.tier.label}, number {pass.number}
        </Link>
      </h2>
      <Badge tone={isGood ? 'good' : 'bad'}>{expiryWords(pass, now)}</Badge>
      {isGood && pass.tier.terms.includedRuns > 0 && (
        <div>
          <p className="text-sm tabular-nums">{runsWords(runs)}</p>
          <p className="text-xs text-ink-faint">{nextWords(pass, runs)}</p>
        </div>
      )}
      {models.length > 0 && (
        <p className="text-sm text-ink-soft">
          Opens{' '}
          {models.map(({ slug, name }, place) => (
            <span key={slug}>
              {place > 0 && ', '}
              <Link href={`/models/${slug}`} className="text-link">
                {name}
              </Link>
            </span>
          ))}
        </p>
      )}
    </div>
  );
}

type ControlsProps = Wallet & { held: HeldPassDto; renewal: PassRenewalDto | null; now: number };

function PassControls({ held: { pass, wasUsed }, renewal, now, ...wallet }: ControlsProps) {
  const { tier } = pass;
  const isReturnable = pass.refundableUntil !== null && Date.parse(pass.refundableUntil) > now;
  const isRenewable = tier.durationSeconds > 0 && tier.open && !isReturnable;
  return (
    <div className="col-span-2 flex flex-wrap items-start gap-2">
      {isRenewable && <RenewPass pass={pass} renewal={renewal} {...wallet} />}
      {tier.transferable && <GivePass pass={pass} {...wallet} />}
      {isReturnable && <ReturnPass pass={pass} wasUsed={wasUsed} {...wallet} />}
      {!isRenewable && <RelayFailed relay={renewal} what="renewal" />}
    </div>
  );
}
