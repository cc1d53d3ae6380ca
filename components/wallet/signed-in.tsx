'use client';
import { useEffect } from 'react';
import type { ChainConfigDto, ViewerDto } from '@/lib/auth/schema';
import { AccountMenu } from './account-menu';
import { useSessionEnd } from './use-session-end';
import { watchIdentity } from './watch-identity';

type Props = { viewer: NonNullable<ViewerDto>; chain: ChainConfigDto };

/** The account's menu; one of a page's also watches the wallet. */
export function SignedIn({ viewer, chain, watches }: Props & { watches: boolean }) {
  return (
    <>
      <AccountMenu viewer={viewer} chain={chain} />
      {watches && <IdentityWatch address={viewer.address} chain={chain} />}
    </>
  );
}

/** Ends the session when the wallet shows another account, on every page, before any wallet code is loaded. */
function IdentityWatch({ address, chain }: { address: string; chain: ChainConfigDto }) {
  const { endForOther } = useSessionEnd();
  useEffect(() => watchIdentity({ address, chain, onOther: (other) => void endForOther(other) }), [address, chain, endForOther]);
  return null;
}
