'use client';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Button } from '../ui/button';
import { Progress } from '../ui/progress';
import { readPending } from '../wallet/pending';
import { type Purchase, subjectOf } from './purchase';
import { RelayFailed } from './relay-failed';

// A model's page is public and light: what buys comes when somebody means to buy.
const loadForm = () => import('./buy-form');
const BuyForm = lazy(() => loadForm().then((module) => ({ default: module.BuyForm })));

/** The button that opens a purchase; open at once where one was under way before a reload. */
export function BuyPass(props: Purchase) {
  const { tier, purchase, isForSale } = props;
  const [open, setOpen] = useState<'by press' | 'again' | null>(null);
  const subject = subjectOf(tier);
  const isOnItsWay = purchase !== null && purchase.step !== 'failed';
  useEffect(() => {
    if (isOnItsWay || readPending('pass', subject)) setOpen((before) => before ?? 'again');
  }, [isOnItsWay, subject]);
  if (!open && !isForSale && purchase?.step !== 'failed') return null;
  if (!open) {
    return (
      <div className="grid justify-items-start gap-3">
        <RelayFailed relay={purchase} what="purchase" />
        {isForSale && (
          <Button variant="outline" onPointerEnter={loadForm} onFocus={loadForm} onClick={() => setOpen('by press')}>
            Buy {tier.label}
          </Button>
        )}
      </div>
    );
  }
  return (
    <Suspense fallback={<Progress percent={null} label="Opening the purchase" />}>
      <BuyForm {...props} takesFocus={open === 'by press'} />
    </Suspense>
  );
}
