import type { Route } from 'next';
import { NavLink } from '@/components/shell/nav-link';

const rooms = [
  { href: '/admin/reconciliation', name: 'Reconciliation' },
  { href: '/admin/payouts', name: 'Payouts' },
  { href: '/admin/deposits', name: 'Deposits' },
  { href: '/admin/debts', name: 'Debts' },
  { href: '/admin/corrections', name: 'Corrections' },
  { href: '/admin/credentials', name: 'Credentials' },
  { href: '/admin/works', name: 'Works' },
  { href: '/admin/alerts', name: 'Alerts' },
  { href: '/admin/pins', name: 'Pins' },
] as const;

/** The rooms of the operator. */
export function AdminNav() {
  return (
    <nav aria-label="Operator" className="flex h-12 items-stretch gap-6 overflow-x-auto border-b border-rule text-sm text-ink-soft">
      {rooms.map(({ href, name }) => (
        <NavLink key={href} href={href as Route}>
          {name}
        </NavLink>
      ))}
    </nav>
  );
}
