import type { Route } from 'next';
import Link from 'next/link';
import type { PromptOpening } from '@/lib/protocol/prompt';
import type { OpeningDto } from '@/lib/works/openings/schema';
import type { WorkDto } from '@/lib/works/schema';
import { credits, moment } from '../format';
import { custodyClaim, reproducibilityClaim, SIGNATURE_MEANS } from '../models/claims';
import { Digest } from '../ui/digest';
import { Disclosure } from '../ui/disclosure';
import { RecordList, RecordRow } from '../ui/record';
import { ReRun } from '../verify/re-run/re-run';
import { recordOfWork } from '../verify/re-run/record-of-work';
import { OpeningRow } from './openings/opening-row';

const NO_PARENT = /^0x0*$/;
/** What a parameter that takes a picture holds. */
const DIGEST = /^0x[0-9a-f]{64}$/;

/** Everything on record about how a work came to be. */
export function WorkRecord({ work, opening }: { work: WorkDto; opening: OpeningDto | null }) {
  const grade = reproducibilityClaim(work.reproducibility);
  const custody = custodyClaim(work.signerCustody);
  return (
    <RecordList>
      <RecordRow label="Model">
        <Link className="text-link" href={`/models/${work.modelSlug}`}>
          {work.modelName}
        </Link>
        , version {work.versionNumber}
        <br />
        <Digest value={work.versionDigest} label="version digest" keep={8} className="text-ink-faint" />
      </RecordRow>
      <RecordRow label="Made">{moment(work.capturedAt)}</RecordRow>
      <RecordRow label="Size">
        <Extent work={work} />
      </RecordRow>
      <RecordRow label="Seed">
        <Digest value={work.seed} label="seed" keep={20} />
      </RecordRow>
      <RecordRow label="Parameters">
        <Parameters work={work} />
      </RecordRow>
      {opening && (
        <RecordRow label="Prompt">
          <OpeningRow workId={work.id} opening={opening} />
        </RecordRow>
      )}
      <RecordRow label="Price paid">
        <PricePaid work={work} />
      </RecordRow>
      <RecordRow label="Digests">
        <Digests work={work} />
      </RecordRow>
      <RecordRow label="Signed by">
        <Digest value={work.signerAddress} label="signer’s address" />
        <Disclosure summary={custody.name}>
          <p>{custody.long}</p>
          <p className="pt-2">{SIGNATURE_MEANS}</p>
          <p className="pt-2">
            <Digest value={work.signature} label="signature" keep={0} className="text-ink-faint" />
          </p>
        </Disclosure>
      </RecordRow>
      <RecordRow label="Receipt">
        <a href={`/works/${work.id}/receipt`} download className="text-link">
          Take the receipt as a file
        </a>
        <p className="pt-1 text-xs text-ink-faint">
          Everything that was signed, the signature and whose it is, the parameters and the version’s manifest. Any EIP-712 library checks it.
        </p>
      </RecordRow>
      <RecordRow label="Reproducibility">
        <Disclosure summary={grade.name}>{grade.long}</Disclosure>
        {work.reproducibility === 'A' && <ReRun record={recordOfWork(work)} opening={(opening?.opening ?? null) as PromptOpening | null} />}
      </RecordRow>
    </RecordList>
  );
}

function PricePaid({ work: { paidByPass: pass, priceMillicredits } }: { work: WorkDto }) {
  if (!pass) return credits(priceMillicredits);
  return (
    <>
      An included run of{' '}
      {pass.href ? (
        <Link className="text-link" href={pass.href as Route}>
          {pass.label}
        </Link>
      ) : (
        pass.label
      )}
      {priceMillicredits !== '0' && `, and ${credits(priceMillicredits)} to the creator of what it was made from`}
    </>
  );
}

function Extent({ work: { body, width, height } }: { work: WorkDto }) {
  if (body.kind === 'image') return `${width} × ${height} px`;
  return body.text === null ? 'Being sealed' : `${[...body.text].length.toLocaleString('en-US')} characters`;
}

function Parameters({ work }: { work: WorkDto }) {
  const shown = work.params.filter(({ name }) => name !== 'width' && name !== 'height');
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-0.5 @md:grid-cols-[auto_1fr_auto_1fr]">
      {shown.map((param) => (
        <div key={param.name} className="contents">
          <dt className="text-ink-faint">{param.title}</dt>
          <dd className="tabular-nums">
            {DIGEST.test(param.value) ? <Digest value={param.value} label="picture’s content digest" keep={6} /> : param.value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Digests({ work }: { work: WorkDto }) {
  const { content, paramsHash, promptHash, receipt, parent } = work.digests;
  const rows = [
    [work.body.kind === 'text' ? 'Text' : 'Picture', content, 'content digest'],
    ['Parameters', paramsHash, 'parameter digest'],
    ['Prompt', promptHash, 'prompt fingerprint'],
    ['Receipt', receipt, 'receipt digest'],
    ...(NO_PARENT.test(parent) ? [] : [['Parent', parent, 'parent’s receipt digest']]),
  ] as const;
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-5">
      {rows.map(([name, value, label]) => (
        <div key={name} className="contents">
          <dt className="text-ink-faint">{name}</dt>
          <dd>
            <Digest value={value ?? ''} label={label ?? ''} keep={6} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
