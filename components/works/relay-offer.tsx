'use client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { startRelayAction } from '@/lib/mint/actions';
import { credits, ether } from '../format';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { useRelayQuote } from './use-relay-quote';

/** The other way to mint: the house sends it and pays the gas, the collector pays in credits. */
export function RelayOffer({ workId, label }: { workId: string; label: string }) {
  const router = useRouter();
  const { quote, problem } = useRelayQuote(workId);
  const [starting, setStarting] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const short = quote !== null && BigInt(quote.spendableMillicredits) < BigInt(quote.priceMillicredits);

  const start = async () => {
    if (!quote) return;
    setStarting(true);
    setRefusal(null);
    const result = await startRelayAction({ token: quote.token, label }).catch(() => null);
    const invalid = Object.values(result?.validationErrors?.fieldErrors ?? {}).flat()[0];
    if (!result?.data) setRefusal(result?.serverError?.message ?? invalid ?? 'The server does not answer. Nothing was started; try again.');
    // The page then shows how far it is, and the header's balance has changed.
    else router.refresh();
    setStarting(false);
  };
  return (
    <div className="grid gap-3 border-t border-rule pt-4">
      <Button variant="outline" loading={starting} disabled={!quote || short} onClick={start}>
        {quote ? `Mint with ${credits(quote.priceMillicredits)}` : 'Mint with credits'}
      </Button>
      <p className="text-xs text-ink-soft">
        No gas needed: we send it to your address.
        {quote &&
          ` The price is ${ether(quote.mintPriceWei)} for the mint, 5 % on top in case ETH rises, and ${ether(quote.gasWei)} for gas. If the mint fails, your credits come back.`}
      </p>
      {short && quote && (
        <p className="text-xs text-ink-soft">
          It takes credits bought with crypto, since a card payment can be charged back. You have {credits(quote.spendableMillicredits)} of them.{' '}
          <Link href="/credits" className="text-link text-ink">
            Buy credits
          </Link>
        </p>
      )}
      {(refusal ?? problem) && (
        <Notice tone="bad" role="alert">
          {refusal ?? problem?.message}
        </Notice>
      )}
    </div>
  );
}
