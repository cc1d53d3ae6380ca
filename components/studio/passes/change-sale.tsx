'use client';
import { useState } from 'react';
import { planSaleAction } from '@/lib/passes/actions';
import type { TierDto } from '@/lib/passes/tier-schema';
import type { Wallet } from '../../passes/pass-step';
import { SentWatch } from '../../passes/sent-watch';
import { Button } from '../../ui/button';
import { Choice } from '../../ui/choice';
import { Dialog } from '../../ui/dialog';
import { say } from '../../wallet/notices';
import { ETHER_PLACES, fromUnits, toUnits } from '../amounts';
import { TextField } from '../text-field';
import { PlannedStep } from './planned-step';

type Sale = 'open' | 'closed';

/** Price and sale of a tier. A closed tier renews nothing, either. */
export function ChangeSale({ tier, ...wallet }: Wallet & { tier: TierDto }) {
  const [open, setOpen] = useState(false);
  const step = {
    subject: `sale ${tier.collection} ${tier.tierId}`,
    doing: 'Changing the tier',
    onDone: () => {
      setOpen(false);
      say({ tone: 'plain', text: `Price and sale of ${tier.label} are changed.` });
    },
  };
  return (
    <>
      <Button size="small" variant="outline" onClick={() => setOpen(true)}>
        Price and sale
      </Button>
      {!open && <SentWatch {...step} rpcPath={wallet.chain.rpcPath} />}
      <Dialog open={open} onClose={() => setOpen(false)} title={`Price and sale of ${tier.label}`}>
        <SaleForm tier={tier} step={step} {...wallet} />
      </Dialog>
    </>
  );
}

type Step = { subject: string; doing: string; onDone(): void };

function SaleForm({ tier, step, ...wallet }: Wallet & { tier: TierDto; step: Step }) {
  const [price, setPrice] = useState(fromUnits(tier.priceWei, ETHER_PLACES));
  const [sale, setSale] = useState<Sale>(tier.open ? 'open' : 'closed');
  const priceWei = price.trim() === '' ? null : toUnits(price, ETHER_PLACES);
  const isSame = priceWei === tier.priceWei && (sale === 'open') === tier.open;
  return (
    <>
      <p className="text-sm text-ink-soft">
        Passes that were sold keep what was paid for them. While a tier is not for sale, its passes cannot be renewed.
      </p>
      <PlannedStep
        {...wallet}
        {...step}
        purpose="change it"
        asked={`${priceWei} ${sale}`}
        wrong={priceWei === null ? 'The price has to be mended first.' : 'Price and sale are like this already.'}
        ask={priceWei === null || isSame ? null : () => planSaleAction({ tierId: tier.tierId, priceWei, open: sale === 'open' })}
      >
        <TextField
          label="Price"
          inputMode="decimal"
          hint="ETH, of a pass and of each renewal; 0 for a free pass"
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
      </PlannedStep>
    </>
  );
}
