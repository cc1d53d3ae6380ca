import type { ReactNode } from 'react';
import { NavLink } from './nav-link';
import { ThemeToggle } from './theme-toggle';
import { Wordmark } from './wordmark';

type SiteHeaderProps = {
  signedIn: boolean;
  /** '1,250', shown beside Credits when signed in. */
  availableCredits: string | null;
  account: ReactNode;
};

/** Wordmark, navigation, account. On phones the navigation moves to a bar at the bottom, where thumbs are. */
export function SiteHeader({ signedIn, availableCredits, account }: SiteHeaderProps) {
  return (
    <header className="sticky top-0 z-30 border-b border-rule bg-paper print:hidden">
      <div className="frame flex h-16 items-center gap-6">
        <Wordmark />
        <nav aria-label="Main" className="hidden h-full flex-1 items-stretch gap-6 pl-4 text-sm text-ink-soft md:flex">
          <NavLink href="/">Explore</NavLink>
          <NavLink href="/models">Models</NavLink>
          <NavLink href="/verify">Verify</NavLink>
          {signedIn && <NavLink href="/my">My works</NavLink>}
        </nav>
        <div className="ml-auto flex h-full items-center gap-2">
          {availableCredits !== null && (
            <NavLink href="/credits" className="h-full gap-1.5 px-2 text-sm text-ink-soft max-md:hidden">
              <span className="tabular-nums text-ink">{availableCredits}</span> credits
            </NavLink>
          )}
          <ThemeToggle />
          {account}
        </div>
      </div>
    </header>
  );
}

/** The same navigation for phones. */
export function BottomNav({ signedIn }: { signedIn: boolean }) {
  const item = 'min-h-14 flex-1 px-1 aria-[current=page]:shadow-[inset_0_2px_0_var(--copper)]';
  return (
    <nav
      aria-label="Main, phone"
      className="fixed inset-x-0 bottom-0 z-30 flex border-t border-rule bg-paper pb-[env(safe-area-inset-bottom)] text-xs font-medium text-ink-soft md:hidden print:hidden"
    >
      <NavLink href="/" className={item}>
        Explore
      </NavLink>
      <NavLink href="/models" className={item}>
        Models
      </NavLink>
      <NavLink href="/verify" className={item}>
        Verify
      </NavLink>
      {signedIn && (
        <>
          <NavLink href="/my" className={item}>
            My works
          </NavLink>
          <NavLink href="/credits" className={item}>
            Credits
          </NavLink>
        </>
      )}
    </nav>
  );
}
