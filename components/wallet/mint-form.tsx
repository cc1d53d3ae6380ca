'use client';
import { useId, useState } from 'react';
import { ether } from '@/components/format';
import { describedBy, Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { RelayOffer } from '@/components/works/relay-offer';
import type { ChainConfigDto, ViewerDto } from '@/lib/auth/schema';
import { requestVoucherAction } from '@/lib/mint/actions';
import type { MintStatusDto } from '@/lib/mint/schema';
import { WalletAction } from './wallet-action';
import { dataOf } from './wallet-problem';

type Props = { workId: string; status: MintStatusDto; viewer: ViewerDto; chain: ChainConfigDto; onSent(hash: `0x${string}`): void };

const HINT = 'Goes into the token for good. 64 bytes at most, no quotes or backslashes.';

/** The title and the two ways to mint: by wallet, and with credits. The voucher is asked for at the click: it lives for minutes, and the first one fixes the title. */
export function MintForm({ workId, status, viewer, chain, onSent }: Props) {
  const id = useId();
  const [label, setLabel] = useState(status.label ?? status.suggestedLabel);
  const prepare = async () => dataOf(await requestVoucherAction({ workId, label: status.label ?? label }));
  return (
    <div className="grid gap-4">
      {viewer && (
        <Field id={id} label="Title" hint={status.label ? 'Fixed when minting was first asked for.' : HINT}>
          <Input
            id={id}
            value={status.label ?? label}
            readOnly={status.label !== null}
            maxLength={64}
            autoComplete="off"
            aria-describedby={describedBy(id, { hint: true })}
            onChange={(event) => setLabel(event.target.value)}
          />
        </Field>
      )}
      <WalletAction
        viewer={viewer}
        chain={chain}
        label={BigInt(status.priceWei) === 0n ? 'Mint for the network fee' : `Mint for ${ether(status.priceWei)}`}
        purpose="mint"
        prepare={async () => {
          const { chainId, collection, data, valueWei } = await prepare();
          return { chainId, to: collection, data, valueWei };
        }}
        onSent={onSent}
      />
      {viewer && <RelayOffer workId={workId} label={status.label ?? label} />}
    </div>
  );
}
