import type { WorkRecord } from '@/lib/protocol/work-record';

/** IPTC's word for how a picture came to be (https://cv.iptc.org/newscodes/digitalsourcetype). */
export type SourceType = 'algorithmicMedia' | 'trainedAlgorithmicMedia';

/** Whether the work may be used to train others' models (CAWG training and data mining assertion 1.1). */
export type TrainingUse = 'allowed' | 'notAllowed' | { constrained: string };

type Relation = { title: string; relationship: 'parentOf' | 'inputTo' };
/** A work that this one was made from: its sealed file. `parentOf`: its picture was changed; `inputTo`: it was only looked at. */
export type ParentFile = Relation & { png: Uint8Array };
/** One that is named and not shown. `commitment` tells which it is to those who have it, and nobody else. */
export type NamedParent = Relation & { commitment: string };

/** What Content Credentials say of a work. Seed, version and prompt hash are the record's own, so that they cannot differ from it. */
export type CredentialManifest = {
  title: string;
  source: SourceType;
  model: { name: string; number: number };
  /** When the run was paid and delivered; a claim by us, not by a time-stamp authority. */
  madeAt: Date;
  /** Only where its holder revealed it to everyone. Otherwise there is nothing of it but the record's commitment. */
  revealedPrompt?: string;
  training: TrainingUse;
  parents: (ParentFile | NamedParent)[];
  record: WorkRecord;
};

/** The embedded models are initialised and curated, not trained; whatever else runs here (diffusion, text) was trained. */
export function sourceTypeOf(model: { isEmbedded: boolean }): SourceType {
  return model.isEmbedded ? 'algorithmicMedia' : 'trainedAlgorithmicMedia';
}

export const DIGITAL_SOURCE_TYPE = 'http://cv.iptc.org/newscodes/digitalsourcetype/';
/** Label of the record among the assertions: JSON, equal to the record. */
export const RECEIPT_LABEL = 'art.intaglio.receipt';
export const TRAINING_LABEL = 'cawg.training-mining';
