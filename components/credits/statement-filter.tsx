import type { Route } from 'next';
import Link from 'next/link';
import { kindLabels, type StatementFilter, statementKinds } from '@/lib/statement/schema';
import { Button, buttonStyle } from '../ui/button';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { Select } from '../ui/select';

/** What to show of the statement: a form that works by address alone, so that it needs no JavaScript and can be kept as a bookmark. */
export function StatementFilterForm({ filter, keep }: { filter: StatementFilter; keep: Record<string, string> }) {
  const narrowed = Boolean(filter.kind || filter.from || filter.to);
  return (
    <form action="/credits#statement" method="get" className="grid grid-cols-2 items-end gap-3 sm:grid-cols-[minmax(0,1fr)_auto_auto_auto]">
      {Object.entries(keep).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Field id="filter-kind" label="Show" className="max-sm:col-span-2">
        <Select id="filter-kind" name="kind" defaultValue={filter.kind ?? ''}>
          <option value="">Everything</option>
          {statementKinds.map((kind) => (
            <option key={kind} value={kind}>
              {kindLabels[kind]}
            </option>
          ))}
        </Select>
      </Field>
      <Field id="filter-from" label="From">
        <Input id="filter-from" name="from" type="date" defaultValue={filter.from} max={filter.to} />
      </Field>
      <Field id="filter-to" label="To">
        <Input id="filter-to" name="to" type="date" defaultValue={filter.to} />
      </Field>
      <div className="flex gap-2 max-sm:col-span-2">
        <Button type="submit" variant="outline" className="max-sm:flex-1">
          Show
        </Button>
        {narrowed && (
          <Link href={'/credits#statement' as Route} className={buttonStyle({ variant: 'quiet' })}>
            Clear
          </Link>
        )}
      </div>
    </form>
  );
}
