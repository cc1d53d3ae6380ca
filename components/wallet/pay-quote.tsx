'use client';
import { useEffect, useState } from 'react';
import { paidAmount } from '@/components/credits/deposit-words';
import { credits, moment } from '@/components/format';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { ChainConfigDto, ViewerDto } from '@/lib/auth/schema';
import { quoteDepositAction } from '@/lib/payments/actions';
import type { DepositQuoteDto } from '@/lib/payments/schema';
import { depositCall } from './deposit-call';
import { WalletAction } from './wallet-action';
import { dataOf, WalletProblem } from './wallet-problem';

type Props = {
  quote: DepositQuoteDto;
  viewer: ViewerDto;
  chain: ChainConfigDto;
  onQuote(quote: DepositQuoteDto): void;
  onBack(): void;
  onSent(hash: `0x${string}`): void;
};

/** No payment starts this close to the end of its price: the wallet's window takes a person some time. */
const MARGIN_MS = 30_000;
const CREDIT_MILLICREDITS = 1000n;

/** The price, and the button that pays it. A price that has run out is asked for anew, never paid. */
export function PayQuote({ quote, viewer, chain, onQuote, onBack, onSent }: Props) {
  const expired = useExpired(quote.expiresAt);
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const askAgain = async () => {
    setAsking(true);
    setProblem(null);
    try {
      onQuote(dataOf(await quoteDepositAction({ credits: Number(BigInt(quote.millicredits) / CREDIT_MILLICREDITS), asset: quote.asset })));
    } catch (error) {
      setProblem(error instanceof WalletProblem ? error.message : 'The server does not answer. Try again.');
    } finally {
      setAsking(false);
    }
  };

  const prepare = async () => {
    if (isExpired(quote.expiresAt)) throw new WalletProblem('This price has run out. Ask for a new one.');
    return depositCall(quote);
  };

  return (
    <div className="grid gap-4">
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 text-sm [&_dd]:text-right [&_dd]:tabular-nums [&_dt]:text-ink-soft">
        <dt>You get</dt>
        <dd>{credits(quote.millicredits)}</dd>
        <dt>You pay</dt>
        <dd>{paidAmount(quote)}</dd>
        <dt>Rate</dt>
        <dd>
          {quote.rate.ethUsdCents === null ? quote.rate.source : `1 ETH = US$${(quote.rate.ethUsdCents / 100).toLocaleString('en-GB')}`}
          {quote.rate.ethUsdCents !== null && (
            <span className="block text-xs text-ink-faint">
              {quote.rate.source}, {moment(quote.rate.at)}
            </span>
          )}
        </dd>
        <dt>Good until</dt>
        <dd>{moment(quote.expiresAt)}</dd>
      </dl>
      {expired ? (
        <>
          <Notice role="status">This price has run out. Nothing was paid.</Notice>
          <Button loading={asking} onClick={askAgain}>
            Ask for a new price
          </Button>
        </>
      ) : (
        <WalletAction viewer={viewer} chain={chain} label={`Pay ${paidAmount(quote)}`} purpose="buy credits" prepare={prepare} onSent={onSent} />
      )}
      {problem && (
        <Notice tone="bad" role="alert">
          {problem}
        </Notice>
      )}
      <Button variant="quiet" size="small" onClick={onBack}>
        Choose another amount
      </Button>
    </div>
  );
}

const isExpired = (expiresAt: string) => Date.parse(expiresAt) - MARGIN_MS <= Date.now();

function useExpired(expiresAt: string): boolean {
  const [expired, setExpired] = useState(false);
  useEffect(() => {
    const leftMs = Date.parse(expiresAt) - MARGIN_MS - Date.now();
    setExpired(leftMs <= 0);
    const timer = setTimeout(setExpired, Math.max(0, leftMs), true);
    return () => clearTimeout(timer);
  }, [expiresAt]);
  return expired;
}
