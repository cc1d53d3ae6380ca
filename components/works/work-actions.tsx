import type { Route } from 'next';
import Link from 'next/link';
import type { WorkDto } from '@/lib/works/schema';
import { day, fileSize } from '../format';
import { Badge } from '../ui/badge';
import { buttonStyle } from '../ui/button';
import { Digest } from '../ui/digest';
import { Icon } from '../ui/icon';
import { Notice } from '../ui/notice';
import { ShareToggle } from './share-toggle';

/** Title, owner, and what one can do with a work. */
export function WorkActions({ work }: { work: WorkDto }) {
  return (
    <div className="grid gap-6">
      <header className="grid gap-2">
        <h1 className="font-display text-2xl">{work.title}</h1>
        <p className="text-sm text-ink-soft">
          Pulled from{' '}
          <Link href={`/models/${work.modelSlug}`} className="text-link text-ink">
            {work.modelName}
          </Link>{' '}
          on {day(work.capturedAt)}
        </p>
        {work.parentWork && (
          <p className="text-sm text-ink-soft">
            Made from{' '}
            <Link href={`/works/${work.parentWork.id}`} className="text-link text-ink">
              {work.parentWork.title}
            </Link>
          </p>
        )}
        <p className="flex flex-wrap items-center gap-x-2 text-sm text-ink-soft">
          Owned by {work.isOwner && !work.token ? 'you' : <Digest value={work.ownerAddress} label="owner’s address" />}
          {work.minted && <Badge tone="copper">Minted</Badge>}
        </p>
      </header>
      {work.paymentDisputed && (work.isOwner || work.minted) && (
        <Notice tone="bad">
          Payment disputed. {work.minted ? 'The token is not touched by that.' : 'It can be downloaded and minted once that is settled.'}
        </Notice>
      )}
      <div className="flex flex-wrap gap-2">
        {work.file && (
          <a href={work.file.href} download={work.file.name} className={buttonStyle({ variant: 'outline' })}>
            <Icon name="download" className="size-4" />
            Download, {fileSize(work.file.bytes)}
          </a>
        )}
        {work.textFile && (
          <a href={work.textFile.href} download={work.textFile.name} className={buttonStyle({ variant: 'outline' })}>
            Plain text, {fileSize(work.textFile.bytes)}
          </a>
        )}
        <Link
          href={(work.isOwner ? `/models/${work.modelSlug}?from=${work.id}` : `/models/${work.modelSlug}`) as Route}
          className={buttonStyle({ variant: 'outline' })}
        >
          {work.isOwner ? 'Reuse settings' : `Make one with ${work.modelName}`}
        </Link>
        {work.remixable && (
          <Link href={`/models/${work.modelSlug}?remix=${work.id}` as Route} className={buttonStyle({ variant: 'outline' })}>
            Remix
          </Link>
        )}
      </div>
      {work.isOwner && !work.takedown && <ShareToggle workId={work.id} shared={work.shared} minted={work.minted} />}
      <p className="text-sm text-ink-soft">
        {work.file &&
          (work.body.kind === 'text' ? 'The file is a card with the whole text and its record inside. ' : 'The file carries its record. ')}
        <Link href="/verify" className="text-link text-ink">
          Check it on the verify page
        </Link>
        .
      </p>
    </div>
  );
}
