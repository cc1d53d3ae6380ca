'use client';
import { revokeKeyAction } from '@/lib/gateway/actions';
import type { ApiKeyDto } from '@/lib/gateway/schema';
import { ConfirmButton } from '../admin/confirm-button';
import { credits, day, moment } from '../format';
import { Badge } from '../ui/badge';
import { EmptyState } from '../ui/empty-state';
import { Problem } from '../ui/problem';
import { RecordList, RecordRow } from '../ui/record';
import { useServerAction } from '../ui/use-server-action';
import type { HeldPass } from './key-fields';

const scopeNames = { run: 'run models', read: 'read runs and works' };

/** A person’s keys: what each may, what it has spent, and a button that ends it. */
export function KeyList({ keys, passes }: { keys: ApiKeyDto[]; passes: HeldPass[] }) {
  if (keys.length === 0) {
    return (
      <EmptyState title="No keys yet">
        <p>Make one, and a program can run models with your credits, through our API or any client of OpenAI’s.</p>
      </EmptyState>
    );
  }
  return (
    <ul className="grid gap-10">
      {keys.map((key) => (
        <KeyItem key={key.id} item={key} pass={passes.find(({ passId }) => passId === key.passId)} />
      ))}
    </ul>
  );
}

function KeyItem({ item, pass }: { item: ApiKeyDto; pass: HeldPass | undefined }) {
  const { run, pending, problem } = useServerAction();
  return (
    <li className="grid gap-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 className="font-display text-lg break-words">{item.name}</h2>
        <State item={item} isStopped={item.passId !== null && !pass} />
      </div>
      <RecordList>
        <RecordRow label="Key">
          <span className="font-mono text-xs">{item.start}…</span>
        </RecordRow>
        <RecordRow label="May">
          {item.scopes.map((scope) => scopeNames[scope]).join(', ')}
          {item.models.length > 0 && `; only ${item.models.map(({ name }) => name).join(', ')}`}
        </RecordRow>
        {item.passId !== null && (
          <RecordRow label="Pass">
            {pass ? pass.label : 'Not yours any more, or over: the key runs nothing. Make another, and revoke this one.'}
          </RecordRow>
        )}
        <Spent label="Spent in all" spent={item.spent.total} cap={item.caps.total} />
        {item.caps.month !== null && <Spent label="This month" spent={item.spent.month} cap={item.caps.month} />}
        {item.caps.day !== null && <Spent label="Today" spent={item.spent.day} cap={item.caps.day} />}
        <RecordRow label="Last used">{item.lastUsedAt ? moment(item.lastUsedAt) : 'never'}</RecordRow>
        <RecordRow label="Made">
          {day(item.createdAt)}
          {item.expiresAt && `, ${item.state === 'expired' ? 'expired' : 'expires'} ${day(item.expiresAt)}`}
        </RecordRow>
      </RecordList>
      {item.state === 'works' && (
        <div className="flex flex-wrap items-center gap-3">
          <ConfirmButton
            label="Revoke"
            sure="Revoke it: it stops working now"
            pending={pending}
            onConfirm={() => run(() => revokeKeyAction({ id: item.id }))}
          />
        </div>
      )}
      <Problem>{problem}</Problem>
    </li>
  );
}

function State({ item, isStopped }: { item: ApiKeyDto /** Its pass is gone. */; isStopped: boolean }) {
  if (item.revokedAt !== null) return <Badge tone="bad">Revoked {day(item.revokedAt)}</Badge>;
  if (item.state === 'expired') return <Badge>Expired</Badge>;
  return isStopped ? <Badge tone="bad">Runs nothing</Badge> : <Badge tone="good">Works</Badge>;
}

function Spent({ label, spent, cap }: { label: string; spent: string; cap: string | null }) {
  return (
    <RecordRow label={label}>
      <span className="tabular-nums">
        {credits(spent)}
        {cap !== null && ` of ${credits(cap)}`}
      </span>
    </RecordRow>
  );
}
