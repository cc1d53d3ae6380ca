import type { Route } from 'next';
import Link from 'next/link';
import type { StudioModelDto, StudioVersionDto } from '@/lib/studio/schema';
import { day } from '../../format';
import { reproducibilityClaim } from '../../models/claims';
import { Badge } from '../../ui/badge';
import { buttonStyle } from '../../ui/button';
import { Digest } from '../../ui/digest';
import { Notice } from '../../ui/notice';
import { RecordList, RecordRow } from '../../ui/record';
import { AddDeployment } from './add-deployment';
import { ChangePrice } from './change-price';
import { DeploymentRow } from './deployment-row';

type Props = { model: StudioModelDto; version: StudioVersionDto; isNewest: boolean };

/** One version: what it is, where it runs, what it costs, and for a draft the way to try and to publish it. */
export function VersionSection({ model, version, isNewest }: Props) {
  const { digest, number, publishedAt, createdAt, changelog, deployments, price } = version;
  const heading = `version-${number}`;
  const active = deployments.filter(({ retiredAt }) => retiredAt === null).length;
  return (
    <section aria-labelledby={heading} className="grid gap-6 border-t border-rule pt-8">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h2 id={heading} className="font-display text-2xl">
          Version {number}
        </h2>
        <VersionBadge version={version} isNewest={isNewest} />
      </div>
      {changelog && <p className="max-w-[44rem] whitespace-pre-line text-ink-soft">{changelog}</p>}
      {model.status !== 'retired' && <VersionLinks model={model} version={version} isNewest={isNewest} />}
      <div className="grid items-start gap-10 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] lg:gap-16">
        <div className="grid gap-4">
          <h3 className="text-sm text-ink-faint">Where it runs</h3>
          <ul className="grid border-t border-rule">
            {deployments.map((deployment) => (
              <DeploymentRow key={deployment.id} deployment={deployment} isLast={active === 1} />
            ))}
          </ul>
          {active === 0 && <Notice tone="bad">None is left: this version takes no runs until you add one.</Notice>}
          {model.status !== 'retired' && <AddDeployment version={version} />}
        </div>
        <div className="grid gap-4">
          <h3 className="text-sm text-ink-faint">What it is</h3>
          <RecordList>
            <RecordRow label="Price">
              <ChangePrice version={digest} price={price} parameters={version.parameters} />
            </RecordRow>
            <RecordRow label="Licence">{version.licence}</RecordRow>
            <RecordRow label="Claim">{reproducibilityClaim(version.reproducibility).name}</RecordRow>
            <RecordRow label="Signing key">
              {version.signerCustody === 'creator' ? 'Beside your model' : 'Kept by Intaglio'}
              <br />
              <Digest value={version.signerAddress} label="signer’s address" className="text-ink-faint" />
            </RecordRow>
            <RecordRow label="Registered">{day(createdAt)}</RecordRow>
            {publishedAt && <RecordRow label="Published">{day(publishedAt)}</RecordRow>}
            <RecordRow label="Digest">
              <Digest value={digest} label="version digest" keep={8} />
            </RecordRow>
          </RecordList>
        </div>
      </div>
    </section>
  );
}

function VersionBadge({ version, isNewest }: Pick<Props, 'version' | 'isNewest'>) {
  if (!version.publishedAt) return <Badge tone="copper">Draft</Badge>;
  return isNewest ? <Badge tone="good">On its page</Badge> : <Badge>Superseded</Badge>;
}

function VersionLinks({ model: { slug }, version: { digest, publishedAt }, isNewest }: Props) {
  const outline = buttonStyle({ variant: 'outline', size: 'small' });
  if (publishedAt) {
    if (!isNewest) return null;
    return (
      <div>
        <Link href={`/models/${slug}`} className={outline}>
          Open its page
        </Link>
      </div>
    );
  }
  return (
    <div className="flex flex-wrap gap-2">
      <Link href={`/studio/${slug}/publish?version=${digest}` as Route} className={buttonStyle({ size: 'small' })}>
        Publish
      </Link>
      <Link href={`/studio/${slug}/try?version=${digest}` as Route} className={outline}>
        Try it
      </Link>
    </div>
  );
}
