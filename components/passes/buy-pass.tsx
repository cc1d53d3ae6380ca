'use client';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Button } from '../ui/button';
import { Progress } from '../ui/progress';
import { readPending } from '../wallet/pending';
import { type Purchase, subjectOf } from './purchase';

// A model's page is public and light: what buys comes when somebody means to buy.
const loadForm = () => import('./buy-form');
const BuyForm = lazy(() => loadForm().then((module) => ({ default: module.BuyForm })));

/** The button that opens a purchase; open at once where one was under way before a reload. */
export function BuyPass(purchase: Purchase) {
  const { tier, isForSale } = purchase;
  const [open, setOpen] = useState(false);
  const subject = subjectOf(tier);
  useEffect(() => {
    if (readPending('pass', subject)) setOpen(true);
  }, [subject]);
  if (!open) {
    return isForSale ? (
      <Button variant="outline" onPointerEnter={loadForm} onFocus={loadForm} onClick={() => setOpen(true)}>
        Buy {tier.label}
      </Button>
    ) : null;
  }
  return (
    <Suspense fallback={<Progress percent={null} label="Opening the purchase" />}>
      <BuyForm {...purchase} />
    </Suspense>
  );
}
