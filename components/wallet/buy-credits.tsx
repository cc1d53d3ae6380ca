'use client';
import { useEffect, useState } from 'react';
import type { ChainConfigDto, ViewerDto } from '@/lib/auth/schema';
import type { DepositDto, DepositQuoteDto } from '@/lib/payments/schema';
import { CreditPacks } from './credit-packs';
import { DepositProgress } from './deposit-progress';
import { PayQuote } from './pay-quote';
import { keepPending, type Pending, readPending } from './pending';

type Props = {
  /** Whole credits. */
  packs: readonly number[];
  /** What the till takes. */
  assets: readonly ('eth' | 'usdc')[];
  viewer: ViewerDto;
  chain: ChainConfigDto;
  /** The server's list: a payment under way is followed even when another browser sent it. */
  deposits?: DepositDto[];
};

/** Credits for ETH or USDC at the till: choose, see the price, pay by wallet, watch it arrive. */
export function BuyCredits({ packs, assets, viewer, chain, deposits = [] }: Props) {
  const [quote, setQuote] = useState<DepositQuoteDto | null>(null);
  const [sent, setSent] = useState<Pending | null>(null);
  const address = viewer?.address;

  useEffect(() => {
    setSent(address ? readPending('deposit', address) : null);
    setQuote(null);
  }, [address]);

  const underWay = sent ?? toPending(deposits.find((deposit) => deposit.state === 'seen'));
  const finish = () => {
    if (address) keepPending('deposit', address, null);
    setSent(null);
    setQuote(null);
  };

  if (underWay && address)
    return <DepositProgress key={underWay.subject} owner={address} pending={underWay} rpcPath={chain.rpcPath} onDone={finish} />;
  if (!quote || !viewer) return <CreditPacks packs={packs} assets={assets} viewer={viewer} chain={chain} onQuote={setQuote} />;
  return (
    <PayQuote
      quote={quote}
      viewer={viewer}
      chain={chain}
      onQuote={setQuote}
      onBack={() => setQuote(null)}
      onSent={(hash) => {
        const pending: Pending = { hash, subject: quote.memo, sentAtMs: Date.now() };
        keepPending('deposit', viewer.address, pending);
        setSent(pending);
      }}
    />
  );
}

const toPending = (deposit: DepositDto | undefined): Pending | null =>
  deposit ? { hash: deposit.txHash as `0x${string}`, subject: deposit.memo, sentAtMs: Date.parse(deposit.at) } : null;
