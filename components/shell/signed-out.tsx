import type { ReactNode } from 'react';
import { AccountButton } from '@/components/wallet/account-button';
import type { ChainConfigDto } from '@/lib/auth/schema';
import { EmptyState } from '../ui/empty-state';

/** An account page for somebody who is not signed in: what is behind it, and the way in. */
export function SignedOut({ title, chain, children }: { title: string; chain: ChainConfigDto; children: ReactNode }) {
  return (
    <EmptyState heading="h1" title={title} action={<AccountButton viewer={null} chain={chain} />}>
      <p>{children}</p>
      <p className="pt-2 text-sm text-ink-faint">
        Signing in is a signature from your wallet. It costs nothing and moves nothing.
        {chain.testWallet && ' A local test wallet is offered, so you need no extension here.'}
      </p>
    </EmptyState>
  );
}
