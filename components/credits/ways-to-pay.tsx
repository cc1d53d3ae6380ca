import { clsx } from 'clsx';
import type { Route } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';

export type WayToPay = 'wallet' | 'card';
const ways: { way: WayToPay; label: string; hint: string }[] = [
  { way: 'wallet', label: 'From your wallet', hint: 'ETH or USDC' },
  { way: 'card', label: 'By card', hint: 'on Stripe’s page' },
];

type Props = {
  chosen: WayToPay;
  /** The page's address with another way chosen. */
  hrefOf(way: WayToPay): string;
  children: ReactNode;
};

/** The ways to pay for credits, as links: the choice is in the address, so that it needs no JavaScript and a link can make it. */
export function WaysToPay({ chosen, hrefOf, children }: Props) {
  return (
    <section id="buy" aria-labelledby="buy-heading" className="grid scroll-mt-20 gap-5">
      <h2 id="buy-heading" className="font-display text-xl">
        Buy credits
      </h2>
      <nav aria-label="How to pay" className="grid grid-cols-2 gap-px overflow-hidden rounded-sm border border-rule-strong bg-rule">
        {ways.map(({ way, label, hint }) => (
          <Link
            key={way}
            href={hrefOf(way) as Route}
            scroll={false}
            aria-current={way === chosen ? 'true' : undefined}
            className={clsx(
              'grid min-h-14 content-center px-4 py-2 text-sm focus-visible:-outline-offset-2',
              way === chosen ? 'bg-ink text-paper' : 'bg-sheet text-ink-soft hover:text-ink',
            )}
          >
            {label}
            <span className="text-2xs">{hint}</span>
          </Link>
        ))}
      </nav>
      {children}
    </section>
  );
}
