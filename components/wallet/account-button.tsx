'use client';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import type { ChainConfigDto, ViewerDto } from '@/lib/auth/schema';
import { NoticeRegion } from './notice-region';
import { useWallet } from './use-wallet';

// Most who come to a public page are not signed in.
const SignedIn = lazy(() => import('./signed-in').then((module) => ({ default: module.SignedIn })));

type Props = { viewer: ViewerDto; chain: ChainConfigDto };

/** "Sign in", or the account's menu. A page may show several; the first also watches the wallet and says the news. */
export function AccountButton({ viewer, chain }: Props) {
  const first = useFirst();
  const { island, load, waiting, withLink } = useWallet(viewer, chain);
  return (
    <>
      {viewer ? (
        <Suspense>
          <SignedIn viewer={viewer} chain={chain} watches={first} />
        </Suspense>
      ) : (
        <Button size="small" variant="outline" loading={waiting} onPointerEnter={load} onFocus={load} onClick={() => withLink((link) => link.open())}>
          Sign in
        </Button>
      )}
      {island}
      {first && <NoticeRegion />}
    </>
  );
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
