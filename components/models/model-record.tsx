import type { ModelDto } from '@/lib/models/schema';
import { day, duration, ether } from '../format';
import { Digest } from '../ui/digest';
import { Disclosure } from '../ui/disclosure';
import { RecordList, RecordRow } from '../ui/record';
import { custodyClaim, reproducibilityClaim, SIGNATURE_MEANS } from './claims';
import { priceWords } from './price-words';

/** What a version is and what it promises, each claim in plain words. */
export function ModelRecord({ model }: { model: ModelDto }) {
  const { version } = model;
  const grade = reproducibilityClaim(version.reproducibility);
  const custody = custodyClaim(version.signerCustody);
  return (
    <RecordList>
      <RecordRow label="Maker">
        <Digest value={model.creatorAddress} label="maker’s address" />
      </RecordRow>
      <RecordRow label="Version">
        Number {version.number}
        {version.publishedAt && <>, published {day(version.publishedAt)}</>}
        <br />
        <Digest value={version.digest} label="version digest" keep={8} className="text-ink-faint" />
      </RecordRow>
      <RecordRow label="Price">{priceWords(version.price)}</RecordRow>
      <RecordRow label="Minting">
        {version.price.mintPriceWei === '0' ? 'Free, apart from the network’s fee' : `${ether(version.price.mintPriceWei)} to the maker`}
      </RecordRow>
      <RecordRow label="Usual time">{model.medianRunMs === null ? 'No runs yet' : duration(model.medianRunMs)}</RecordRow>
      <RecordRow label="Licence">{version.licence}</RecordRow>
      <RecordRow label="Training data">{version.trainingData ?? 'Not declared by the maker'}</RecordRow>
      <RecordRow label="Reproducibility">
        <Disclosure summary={grade.name}>
          <p>{grade.long}</p>
        </Disclosure>
      </RecordRow>
      <RecordRow label="Signing key">
        <Disclosure summary={custody.name}>
          <p>{custody.long}</p>
          <p className="pt-2">{SIGNATURE_MEANS}</p>
          <Digest value={version.signerAddress} label="signer’s address" className="pt-2" />
        </Disclosure>
      </RecordRow>
      <RecordRow label="Collection">
        <Digest value={version.collection} label="collection address" /> <span className="text-ink-faint">on chain {version.chainId}</span>
      </RecordRow>
    </RecordList>
  );
}
