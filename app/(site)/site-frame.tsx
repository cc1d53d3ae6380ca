import type { ReactNode } from 'react';
import { LocalBanner } from '@/components/shell/local-banner';
import { SiteFooter } from '@/components/shell/site-footer';
import { BottomNav, SiteHeader } from '@/components/shell/site-header';
import { AccountButton } from '@/components/wallet/account-button';
import { chainConfig } from '@/lib/auth/chain-config';
import { currentActor, currentViewer } from '@/lib/auth/session';
import { getBalance } from '@/lib/credits/queries';
import { database } from '@/lib/db';
import { formatCredits } from '@/lib/money';

/** Header, footer and banner around every page. */
export async function SiteFrame({ children }: { children: ReactNode }) {
  const [viewer, actor] = await Promise.all([currentViewer(), currentActor()]);
  const balance = actor && (await getBalance(database(), actor));
  const chain = await chainConfig();
  return (
    <>
      <a href="#main" className="sr-only focus:not-sr-only focus:absolute focus:z-40 focus:bg-ink focus:px-4 focus:py-2 focus:text-paper">
        Skip to the content
      </a>
      {chain.testWallet && <LocalBanner />}
      <SiteHeader
        signedIn={viewer !== null}
        availableCredits={balance && formatCredits(BigInt(balance.availableMillicredits))}
        account={<AccountButton viewer={viewer} chain={chain} />}
      />
      <main id="main" tabIndex={-1} className="min-h-[calc(100svh-4rem)] outline-none">
        {children}
      </main>
      <SiteFooter />
      <BottomNav signedIn={viewer !== null} />
    </>
  );
}
