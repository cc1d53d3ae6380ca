import type { Route } from 'next';
import Link from 'next/link';
import type { MintProceedsDto } from '@/lib/mint/schema';
import type { ProceedsDto } from '@/lib/proceeds/schema';
import { ether } from '../format';

type Place = { collection: string; path: Route; name: string | null; isThereAny: boolean };
type Props = { heading: string; amounts: { name: string; wei: string | undefined }[]; places: Place[] };

export function PassProceeds({ proceeds: { collection, balance, takenWei } }: { proceeds: ProceedsDto }) {
  const amounts = [
    { name: 'To take out', wei: balance?.freeWei },
    { name: 'Not yet', wei: balance?.escrowedWei },
    { name: 'Taken out', wei: takenWei },
  ];
  return (
    <OnChain heading="From passes" amounts={amounts} places={[{ collection, path: '/studio/passes', name: null, isThereAny: hasAny(balance) }]} />
  );
}

/** Mints of all models of a creator mostly pay into one collection; it is emptied where one of its models is. */
export function MintProceeds({ proceeds }: { proceeds: MintProceedsDto[] }) {
  const free = proceeds.map(({ balance }) => balance?.freeWei);
  const amounts = [
    { name: 'To take out', wei: free.includes(undefined) ? undefined : sum(free.map((wei) => wei ?? '0')) },
    { name: 'Taken out', wei: sum(proceeds.map(({ takenWei }) => takenWei)) },
  ];
  const places = proceeds.flatMap(({ collection, balance, models: [model] }) =>
    model
      ? [{ collection, path: `/studio/${model.slug}#mints` as Route, name: proceeds.length > 1 ? model.name : null, isThereAny: hasAny(balance) }]
      : [],
  );
  return <OnChain heading="From mints" amounts={amounts} places={places} />;
}

const hasAny = (balance: ProceedsDto['balance']) => balance !== null && balance.freeWei !== '0';
const sum = (amounts: string[]) => amounts.reduce((total, wei) => total + BigInt(wei), 0n).toString();

/** What collections earned never was credits: it lies on the chain, in ETH. */
function OnChain({ heading, amounts, places }: Props) {
  const id = heading.toLowerCase().replace(' ', '-');
  return (
    <section aria-labelledby={id} className="grid gap-3">
      <h2 id={id} className="font-display text-xl">
        {heading}
      </h2>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-5 border-y border-rule py-6 sm:grid-cols-4">
        {amounts.map(({ name, wei }) => (
          <div key={name}>
            <dt className="text-sm text-ink-soft">{name}</dt>
            <dd className="font-display text-xl whitespace-nowrap tabular-nums">{wei === undefined ? 'unknown' : ether(wei)}</dd>
          </div>
        ))}
      </dl>
      <p className="flex flex-wrap gap-x-4 text-sm text-ink-soft">
        It is paid in ETH to your own collection, not in credits.
        {places.map(({ collection, path, name, isThereAny }) => (
          <Link key={collection} href={path} className="text-link text-ink">
            {isThereAny ? 'Take it out' : 'See what was taken out'}
            {name && `: ${name}`}
          </Link>
        ))}
      </p>
    </section>
  );
}
