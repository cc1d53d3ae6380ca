'use client';
import { clsx } from 'clsx';
import { Icon } from '../ui/icon';
import type { Theme } from './theme';

/** Shows the other theme. A choice that equals the system's is forgotten again, so that the page follows the system later. */
function toggle() {
  const root = document.documentElement;
  const system: Theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  const next: Theme = (root.dataset.theme ?? system) === 'dark' ? 'light' : 'dark';
  const followsSystem = next === system;
  if (followsSystem) delete root.dataset.theme;
  else root.dataset.theme = next;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox; the server reads this cookie.
  document.cookie = `theme=${next}; path=/; SameSite=Lax; max-age=${followsSystem ? 0 : 31_536_000}`;
}

/** Light and dark. Which icon shows is decided in CSS, so that server and browser render the same. */
export function ThemeToggle({ className }: { className?: string }) {
  return (
    <button
      type="button"
      onClick={toggle}
      aria-label="Switch between light and dark"
      className={clsx('theme-toggle grid size-9 place-items-center rounded-sm text-ink-faint hover:bg-well hover:text-ink', className)}
    >
      <Icon name="moon" className="when-light size-4" />
      <Icon name="sun" className="when-dark size-4" />
    </button>
  );
}
