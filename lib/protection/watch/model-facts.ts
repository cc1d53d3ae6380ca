import type { PoolClient } from 'pg';
import { type ParameterSchema, parameterSchema } from '@/lib/models/schema';
import type { Canary } from '../canaries';
import { saltOf } from '../salt-of';
import { type Dial, dialsOf } from '../traces/dials';

export type ModelFacts = {
  salt: string;
  canaries: Canary[];
  schemaOf(versionDigest: string): ParameterSchema;
  dialsOf(versionDigest: string): Dial[];
};

/** What alarms have to know of a model. */
export async function modelFacts(tx: PoolClient, modelId: string): Promise<ModelFacts> {
  const salt = await saltOf(tx, modelId);
  const { rows: canaries } = await tx.query<Canary>('SELECT id, kind, label, words, head, digest FROM protection_canary WHERE model_id = $1', [
    modelId,
  ]);
  const { rows } = await tx.query<{ digest: string; parameters: string }>(
    `SELECT digest, manifest::jsonb -> 'parameters' AS parameters FROM model_version WHERE model_id = $1`,
    [modelId],
  );
  const schemas = new Map(rows.map(({ digest, parameters }) => [digest, parameterSchema.parse(parameters)]));
  const schemaOf = (digest: string) => {
    const schema = schemas.get(digest);
    if (!schema) throw new Error(`version ${digest} is not of model ${modelId}`);
    return schema;
  };
  return { salt, canaries, schemaOf, dialsOf: (digest) => dialsOf(schemaOf(digest)) };
}
