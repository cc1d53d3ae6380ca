'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { checkPurchaseAction } from '@/lib/payments/card/actions';
import type { CardPurchaseDto } from '@/lib/payments/card/schema';
import { credits } from '../format';
import { Notice } from '../ui/notice';
import { Spinner } from '../ui/spinner';

const LOOK_MS = 2_000;
const MAX_LOOKS = 15;

/** Back from the payment page: asks where the purchase stands until it is paid, then the page around shows the new balance. */
export function CardReturn({ purchaseId }: { purchaseId: string }) {
  const router = useRouter();
  const [purchase, setPurchase] = useState<CardPurchaseDto | null>(null);
  const [looks, setLooks] = useState(0);
  const open = !purchase || purchase.state === 'open';
  useEffect(() => {
    if (!open || looks >= MAX_LOOKS) return;
    const timer = setTimeout(
      async () => {
        const result = await checkPurchaseAction({ id: purchaseId }).catch(() => undefined);
        if (result?.data) setPurchase(result.data);
        if (result?.data?.state === 'paid') router.refresh();
        setLooks((n) => n + 1);
      },
      looks === 0 ? 0 : LOOK_MS,
    );
    return () => clearTimeout(timer);
  }, [open, looks, purchaseId, router]);

  if (purchase?.state === 'paid') {
    return (
      <Notice tone="good" role="status">
        Paid. {credits(purchase.millicredits)}
        {purchase.bonusMillicredits !== '0' && <> and {credits(purchase.bonusMillicredits)} bonus</>} are yours.
        {purchase.receiptUrl && (
          <>
            {' '}
            <a href={purchase.receiptUrl} className="text-link text-ink">
              Receipt
            </a>
          </>
        )}
      </Notice>
    );
  }
  if (purchase?.state === 'expired') return <Notice role="status">That payment page has expired. Nothing was charged.</Notice>;
  return (
    <Notice role="status">
      {looks < MAX_LOOKS ? (
        <span className="flex items-center gap-2">
          <Spinner /> Asking whether the payment is through
        </span>
      ) : (
        'The payment is not confirmed yet. Nothing is lost: the credits come by themselves as soon as it is.'
      )}
    </Notice>
  );
}
