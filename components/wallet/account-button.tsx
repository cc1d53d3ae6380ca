'use client';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import type { ChainConfigDto, ViewerDto } from '@/lib/auth/schema';
import { AccountMenu } from './account-menu';
import { NoticeRegion } from './notice-region';
import { useSessionEnd } from './use-session-end';
import { useWallet } from './use-wallet';
import { watchIdentity } from './watch-identity';

type Props = { viewer: ViewerDto; chain: ChainConfigDto };

/** "Sign in", or the account's menu. A page may show several; the first also watches the wallet and says the news. */
export function AccountButton({ viewer, chain }: Props) {
  const first = useFirst();
  const { island, load, waiting, withLink } = useWallet(viewer, chain);
  return (
    <>
      {viewer ? (
        <AccountMenu viewer={viewer} chain={chain} />
      ) : (
        <Button size="small" variant="outline" loading={waiting} onPointerEnter={load} onFocus={load} onClick={() => withLink((link) => link.open())}>
          Sign in
        </Button>
      )}
      {island}
      {first && viewer && <IdentityWatch address={viewer.address} chain={chain} />}
      {first && <NoticeRegion />}
    </>
  );
}

/** Ends the session when the wallet shows another account, on every page, before any wallet code is loaded. */
function IdentityWatch({ address, chain }: { address: string; chain: ChainConfigDto }) {
  const { endForOther } = useSessionEnd();
  useEffect(() => watchIdentity({ address, chain, onOther: (other) => void endForOther(other) }), [address, chain, endForOther]);
  return null;
}

let holder: symbol | null = null;

/** True for one of the instances on the page. */
function useFirst(): boolean {
  const [first, setFirst] = useState(false);
  useEffect(() => {
    if (holder) return;
    const me = Symbol('account button');
    holder = me;
    setFirst(true);
    return () => {
      if (holder === me) holder = null;
    };
  }, []);
  return first;
}
