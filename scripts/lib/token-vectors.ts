import type { Hex } from 'viem';
import { cidText, DAG_PB, type FileCid } from '@/lib/protocol/cid';
import { evolutionDigest } from '@/lib/protocol/evolution';
import { encodeEvolveTerms, FROZEN } from '@/lib/protocol/evolve-terms';
import { sha256Hex } from '@/lib/protocol/hash';
import { renderMetadata, renderStep, tokenIdOf, tokenUri } from '@/lib/protocol/metadata';
import { type Receipt, receiptDigest } from '@/lib/protocol/receipt';
import { encodeRecord, encodeStep } from '@/lib/protocol/record-bytes';
import { bytesHash, labelHash, type Voucher, vouchersDigest } from '@/lib/protocol/voucher';

type Given = {
  chainId: number;
  collection: Hex;
  base: string;
  params: string;
  receipt: Receipt;
  voucher: Voucher;
  label: string;
  traits: Hex;
  image: FileCid;
};

/** Any value as JSON has it, integers as decimal strings. */
export const text = (value: unknown) => JSON.parse(JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? v.toString() : v))) as unknown;

/** Three tokens (frozen, of a big file, dynamic), a step of the third, and what the platform signs for a batch and for that step. */
export function tokenVectors({ chainId, collection, base, params, receipt, voucher, label, traits, image }: Given) {
  const dynamic = encodeEvolveTerms({ by: 'holder', rule: '0x000000000000000000000000000000000000a11e', until: 1_900_000_000n });
  const remix = { ...receipt, parent: voucher.receipt };
  const otherImage = { codec: DAG_PB, digest: sha256Hex('some dag-pb node') } as const;
  const tokens = [
    { receipt, label, traits, image, evolve: FROZEN },
    { receipt, label: 'Untitled', traits: '0x' as Hex, image: otherImage, evolve: FROZEN },
    { receipt: remix, label: 'Tide table', traits, image, evolve: dynamic },
  ].map((token) => {
    const json = renderMetadata({ base, ...token });
    return {
      record: encodeRecord({ ...token, params: params }),
      ...{ ...token, receipt: text(token.receipt), codec: token.image.codec, image: token.image.digest, cid: cidText(token.image) },
      ...{ json, tokenId: tokenIdOf(json), uri: tokenUri(tokenIdOf(json)) },
    };
  });
  const step = { receipt: remix, label: 'Tide table, noon', traits, image: otherImage };
  const place = { token: tokens[2]?.tokenId as Hex, previous: sha256Hex('the metadata before') };
  const stepJson = renderStep({ base, ...step, ...place });
  const evolution = {
    ...{ token: BigInt(place.token), previous: place.previous, receipt: receiptDigest(chainId, collection, remix) },
    ...{ label: labelHash(step.label), traits: bytesHash(step.traits), codec: otherImage.codec, image: otherImage.digest },
    ...{ captured: 1_800_000_000n, deadline: 1_800_000_900n },
  };
  return {
    vouchers: { second: { price: '0' }, digest: vouchersDigest(chainId, collection, [voucher, { ...voucher, price: 0n }]) },
    evolution: { value: text(evolution), digest: evolutionDigest(chainId, collection, evolution) },
    step: { ...place, record: encodeStep(step), json: stepJson, digest: tokenIdOf(stepJson) },
    metadata: tokens,
  };
}
