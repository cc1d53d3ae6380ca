'use client';
import { useState } from 'react';
import { restrainAction } from '@/lib/protection/actions';
import type { RestraintDto } from '@/lib/protection/schema';
import { day, plural, shortHex } from '../format';
import { TextField } from '../studio/text-field';
import { Button } from '../ui/button';
import { Problem } from '../ui/problem';
import { useServerAction } from '../ui/use-server-action';
import { WalletControls } from './wallet-controls';

/** Who is slowed or stopped, and a way to name another wallet. */
export function RestraintList({ slug, restraints }: { slug: string; restraints: RestraintDto[] }) {
  const [address, setAddress] = useState('');
  const isAddress = /^0x[0-9a-fA-F]{40}$/.test(address.trim());
  return (
    <div className="grid gap-5">
      {restraints.length > 0 && (
        <ul className="grid gap-3">
          {restraints.map((restraint) => (
            <Restrained key={restraint.address} slug={slug} restraint={restraint} />
          ))}
        </ul>
      )}
      <TextField
        label="Another wallet that ran this model"
        value={address}
        onValueChange={setAddress}
        placeholder="0x…"
        mono
        className="max-w-[30rem]"
      />
      {isAddress && <WalletControls slug={slug} address={address.trim()} />}
    </div>
  );
}

function Restrained({ slug: model, restraint: { address, kind, minSeconds, since } }: { slug: string; restraint: RestraintDto }) {
  const { run, pending, problem } = useServerAction();
  return (
    <li className="flex flex-wrap items-center gap-3 text-sm">
      <span className="font-mono text-xs" title={address}>
        {shortHex(address, 6)}
      </span>
      <span>
        {kind === 'stopped' ? 'Stopped' : `One run in ${plural('second', minSeconds ?? 0)}`} since {day(since)}
      </span>
      <Button size="small" variant="outline" loading={pending} onClick={() => run(() => restrainAction({ kind: 'lifted', model, address }))}>
        Lift
      </Button>
      <Problem>{problem}</Problem>
    </li>
  );
}
