'use client';
import { useState } from 'react';
import { openPortalAction } from '@/lib/payments/card/actions';
import type { CardPurchaseDto } from '@/lib/payments/card/schema';
import { credits, day, money } from '../format';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { Disclosure } from '../ui/disclosure';
import { Notice } from '../ui/notice';

/** What was paid by card, each with its receipt, and the way to invoices and billing details. */
export function CardPurchases({ purchases }: { purchases: CardPurchaseDto[] }) {
  const [leaving, setLeaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  if (purchases.length === 0) return null;
  const open = async () => {
    setProblem(null);
    setLeaving(true);
    const result = await openPortalAction().catch(() => undefined);
    if (result?.data) return window.location.assign(result.data.url);
    setLeaving(false);
    setProblem(result?.serverError?.message ?? 'The server does not answer. Try again.');
  };
  return (
    <Disclosure summary="Card payments and receipts">
      <ul className="border-t border-rule">
        {purchases.map((purchase) => (
          <li key={purchase.id} className="grid gap-1 border-b border-rule py-2.5 text-sm">
            <span className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span>{credits(purchase.millicredits)}</span>
              <span className="tabular-nums">{money(Number(purchase.amountMinor), purchase.currency)}</span>
            </span>
            <span className="flex flex-wrap items-baseline gap-x-3 text-xs text-ink-faint">
              {day(purchase.at)}
              {purchase.receiptUrl && (
                <a href={purchase.receiptUrl} className="text-link text-ink-soft">
                  Receipt
                </a>
              )}
              {purchase.refundedMinor !== '0' && <>{money(Number(purchase.refundedMinor), purchase.currency)} refunded</>}
              {purchase.disputed && <Badge tone="bad">{purchase.owes ? 'Owed' : 'Disputed'}</Badge>}
            </span>
          </li>
        ))}
      </ul>
      <Button variant="outline" size="small" className="mt-3" loading={leaving} onClick={open}>
        Invoices and billing details
      </Button>
      {problem && (
        <Notice tone="bad" role="alert" className="mt-3">
          {problem}
        </Notice>
      )}
    </Disclosure>
  );
}
