'use client';
import type { Route } from 'next';
import Link from 'next/link';
import { type FocusEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import { shortHex } from '@/components/format';
import { Button } from '@/components/ui/button';
import type { ChainConfigDto, ViewerDto } from '@/lib/auth/schema';
import { say } from './notices';
import { useSessionEnd } from './use-session-end';

type Props = { viewer: NonNullable<ViewerDto>; chain: ChainConfigDto };

const item = 'flex min-h-10 w-full items-center px-4 text-left text-sm text-ink-soft hover:bg-well hover:text-ink';

/** Who is signed in, and what belongs to them. A disclosure: Escape, a click elsewhere or tabbing out closes it. */
export function AccountMenu({ viewer, chain }: Props) {
  const { address, operator } = viewer;
  const [open, setOpen] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const { signOut } = useSessionEnd();
  const root = useRef<HTMLDivElement>(null);
  const listId = useId();

  const close = () => setOpen(false);
  const onBlur = (event: FocusEvent) => {
    if (!root.current?.contains(event.relatedTarget)) close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return;
    close();
    root.current?.querySelector('button')?.focus();
  };
  const copy = () =>
    navigator.clipboard.writeText(address).then(
      () => say({ tone: 'plain', text: `Copied ${address}` }),
      () => say({ tone: 'bad', text: `The browser does not allow copying here. The address is ${address}` }),
    );
  const leave = async () => {
    setLeaving(true);
    await signOut();
    setLeaving(false);
    close();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: listens for what bubbles up from the controls inside; it is no control itself
    <div ref={root} className="relative" onBlur={onBlur} onKeyDown={onKeyDown}>
      <Button
        size="small"
        variant="outline"
        aria-expanded={open}
        aria-controls={listId}
        aria-label={`Account ${shortHex(address)}`}
        className="font-mono"
        onClick={() => setOpen(!open)}
      >
        {shortHex(address)}
      </Button>
      <ul id={listId} hidden={!open} className="absolute right-0 z-40 mt-2 w-56 border border-rule bg-sheet py-2 shadow-lift">
        <li>
          <Link href={'/credits' as Route} className={item} onClick={close}>
            Credits
          </Link>
        </li>
        <li>
          <Link href={'/my' as Route} className={item} onClick={close}>
            My works
          </Link>
        </li>
        <li>
          <Link href={'/my/passes' as Route} className={item} onClick={close}>
            My passes
          </Link>
        </li>
        <li>
          <Link href={'/studio' as Route} className={item} onClick={close}>
            Studio
          </Link>
        </li>
        <li>
          <Link href={'/studio/earnings' as Route} className={item} onClick={close}>
            Earnings
          </Link>
        </li>
        <li>
          <Link href={'/keys' as Route} className={item} onClick={close}>
            API keys
          </Link>
        </li>
        <li>
          <Link href={'/webhooks' as Route} className={item} onClick={close}>
            Webhooks
          </Link>
        </li>
        {operator && (
          <li>
            <Link href={'/admin' as Route} className={item} onClick={close}>
              Operator’s rooms
            </Link>
          </li>
        )}
        <li>
          <button type="button" className={item} onClick={copy}>
            Copy address
          </button>
        </li>
        {chain.testWallet && (
          <li>
            <button
              type="button"
              className={item}
              onClick={() => {
                close();
                import('./test-wallet/mount').then(
                  ({ openTestAccounts }) => openTestAccounts(chain),
                  () => {},
                );
              }}
            >
              Test wallet accounts
            </button>
          </li>
        )}
        <li>
          <button type="button" className={item} aria-disabled={leaving} onClick={leaving ? undefined : leave}>
            {leaving ? 'Signing out' : 'Sign out'}
          </button>
        </li>
      </ul>
    </div>
  );
}
