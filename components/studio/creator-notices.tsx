'use client';
import type { Route } from 'next';
import Link from 'next/link';
import { seeNoticeAction } from '@/lib/studio/actions';
import type { NoticeDto } from '@/lib/studio/schema';
import { moment } from '../format';
import { Button } from '../ui/button';
import { Problem } from '../ui/problem';
import { useServerAction } from '../ui/use-server-action';

/** What a creator has to know of their models. Gone once they say that they saw it. */
export function CreatorNotices({ notices }: { notices: NoticeDto[] }) {
  if (notices.length === 0) return null;
  return (
    <section aria-labelledby="notices-heading" className="grid gap-3">
      <h2 id="notices-heading" className="font-display text-xl">
        To look at
      </h2>
      <ul className="grid gap-3">
        {notices.map((notice) => (
          <OneNotice key={notice.id} notice={notice} />
        ))}
      </ul>
    </section>
  );
}

function OneNotice({ notice: { id, text, at, modelSlug } }: { notice: NoticeDto }) {
  const { run, pending, problem } = useServerAction();
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 border-l-2 border-madder py-1 pl-4 text-sm">
      <div className="grid max-w-[44rem] gap-1">
        <p>{text}</p>
        <p className="text-xs text-ink-faint">
          {moment(at)}
          {modelSlug && (
            <>
              {' · '}
              <Link href={`/studio/${modelSlug}` as Route} className="text-link">
                Open the model
              </Link>
            </>
          )}
        </p>
        <Problem>{problem}</Problem>
      </div>
      <Button size="small" variant="outline" loading={pending} onClick={() => run(() => seeNoticeAction({ id }))}>
        Seen
      </Button>
    </li>
  );
}
