'use client';
import { useState } from 'react';
import type { ParameterSchema, PriceDto } from '@/lib/models/schema';
import { setPriceAction } from '@/lib/studio/actions';
import { ether } from '../../format';
import { priceWords } from '../../models/price-words';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { useServerAction } from '../../ui/use-server-action';
import { priceDraft } from '../form/draft-of';
import { PriceExample } from '../form/price-example';
import { PriceFields } from '../form/price-fields';
import { priceProblems } from '../form/problems';
import { priceInputOf } from '../form/to-input';
import { DialogForm } from './dialog-form';

type Props = { version: string; price: PriceDto | null; parameters: ParameterSchema };

/** The price in force, and the way to another one. */
export function ChangePrice({ version, price, parameters }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <div className="grid justify-items-start gap-2">
      <span>
        {price ? `${priceWords(price)}. Minting ${price.mintPriceWei === '0' ? 'is free' : `costs ${ether(price.mintPriceWei)}`}.` : 'None'}
      </span>
      <Button size="small" variant="outline" onClick={() => setOpen(true)}>
        Change<span className="sr-only"> the price</span>
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title="Another price">
        <PriceForm version={version} price={price} parameters={parameters} onDone={() => setOpen(false)} />
      </Dialog>
    </div>
  );
}

function PriceForm({ version, price: given, parameters, onDone }: Props & { onDone(): void }) {
  const { run, pending, problem, say } = useServerAction();
  const [price, setPrice] = useState(() => priceDraft(given));
  const problems = priceProblems(price);
  const save = () => {
    if (Object.keys(problems).length > 0) return say('Some amounts cannot be read. They are marked above.');
    run(() => setPriceAction({ version, price: priceInputOf(price) }), { onDone });
  };
  return (
    <DialogForm action="Set this price" pending={pending} problem={problem} onSubmit={save}>
      <p className="text-sm text-ink-soft">Holds from now on. Prices that were quoted stand until they run out.</p>
      <PriceFields price={price} onChange={setPrice} problems={problems} />
      <PriceExample price={price} schema={parameters} />
    </DialogForm>
  );
}
