'use client';
import { useState } from 'react';
import { planSaleAction } from '@/lib/passes/actions';
import type { TierDto } from '@/lib/passes/tier-schema';
import type { Wallet } from '../../passes/pass-step';
import { SentWatch } from '../../passes/sent-watch';
import { Button } from '../../ui/button';
import { Choice } from '../../ui/choice';
import { Dialog } from '../../ui/dialog';
import { ETHER_PLACES, fromUnits, toUnits } from '../amounts';
import { TextField } from '../text-field';
import { PlannedStep } from './planned-step';

type Sale = 'open' | 'closed';

/** Price and sale of a tier. A closed tier renews nothing, either. */
export function ChangeSale({ tier, ...wallet }: Wallet & { tier: TierDto }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" variant="outline" onClick={() => setOpen(true)}>
        Price and sale
      </Button>
      {!open && <SentWatch subject={subjectOf(tier)} rpcPath={wallet.chain.rpcPath} doing="Changing the tier" />}
      <Dialog open={open} onClose={() => setOpen(false)} title={`Price and sale of ${tier.label}`}>
        <SaleForm tier={tier} {...wallet} />
      </Dialog>
    </>
  );
}

const subjectOf = ({ collection, tierId }: TierDto) => `sale ${collection} ${tierId}`;

function SaleForm({ tier, ...wallet }: Wallet & { tier: TierDto }) {
  const [price, setPrice] = useState(fromUnits(tier.priceWei, ETHER_PLACES));
  const [sale, setSale] = useState<Sale>(tier.open ? 'open' : 'closed');
  const priceWei = price.trim() === '' ? null : toUnits(price, ETHER_PLACES);
  return (
    <>
      <p className="text-sm text-ink-soft">
        Passes that were sold keep what was paid for them. While a tier is not for sale, its passes cannot be renewed.
      </p>
      <TextField
        label="Price"
        inputMode="decimal"
        hint="ETH, of a pass and of each renewal"
        value={price}
        onValueChange={setPrice}
        error={priceWei === null ? 'This is an amount of ETH, such as 0.01.' : null}
      />
      <Choice<Sale>
        name={`sale-${tier.tierId}`}
        aria-label="Sale"
        value={sale}
        options={[
          { value: 'open', label: 'For sale' },
          { value: 'closed', label: 'Not for sale' },
        ]}
        onValueChange={setSale}
      />
      <PlannedStep
        key={`${priceWei} ${sale}`}
        {...wallet}
        subject={subjectOf(tier)}
        done="Changed."
        wrong="Type a price first."
        ask={priceWei === null ? null : () => planSaleAction({ tierId: tier.tierId, priceWei, open: sale === 'open' })}
      />
    </>
  );
}
