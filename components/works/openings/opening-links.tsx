'use client';
import { withdrawLinkAction } from '@/lib/works/actions';
import type { OpeningLinkDto } from '@/lib/works/openings/schema';
import { moment } from '../../format';
import { Button } from '../../ui/button';
import { Digest } from '../../ui/digest';
import { Disclosure } from '../../ui/disclosure';
import { Problem } from '../../ui/problem';
import { useServerAction } from '../../ui/use-server-action';
import { LinkForm } from './link-form';

/** Who was given a link to the prompt, whether they opened it, and a form for another. */
export function OpeningLinks({ workId, links, revealed }: { workId: string; links: OpeningLinkDto[]; revealed: boolean }) {
  if (revealed && links.length === 0) return null;
  return (
    <Disclosure summary={links.length > 0 ? `Links to one address (${links.length})` : 'Show it to one address'} open={links.length > 0}>
      {links.length > 0 && (
        <ul className="grid gap-2 pb-4">
          {links.map((link) => (
            <LinkRow key={link.id} link={link} />
          ))}
        </ul>
      )}
      {!revealed && <LinkForm workId={workId} />}
    </Disclosure>
  );
}

function LinkRow({ link }: { link: OpeningLinkDto }) {
  const { run, pending, problem } = useServerAction();
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Digest value={link.address} label="address" />
      <span className="text-xs text-ink-faint">{stateInWords(link)}</span>
      {link.state === 'waiting' && (
        <Button size="small" variant="quiet" loading={pending} onClick={() => run(() => withdrawLinkAction({ id: link.id }))}>
          Withdraw
        </Button>
      )}
      <Problem>{problem}</Problem>
    </li>
  );
}

function stateInWords({ state, openedAt, withdrawnAt, expiresAt }: OpeningLinkDto): string {
  if (state === 'opened' && openedAt) return `Opened ${moment(openedAt)}`;
  if (state === 'withdrawn' && withdrawnAt) return `Withdrawn ${moment(withdrawnAt)}, never opened`;
  if (state === 'expired' && expiresAt) return `Over since ${moment(expiresAt)}, never opened`;
  return expiresAt ? `Not opened yet; until ${moment(expiresAt)}` : 'Not opened yet';
}
