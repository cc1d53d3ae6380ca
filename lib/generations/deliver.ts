import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { RunRequest, RunResult } from '@/lib/inference/adapter';
import { checkOutput } from '@/lib/inference/check-output';
import { toExactJson } from '@/lib/inference/exact-json';
import { localModeration } from '@/lib/inference/moderation/moderation';
import type { OpenDeployment } from '@/lib/models/load-deployments';
import type { LoadedVersion } from '@/lib/models/load-version';
import { rasterContent } from '@/lib/protocol/content';
import type { Receipt } from '@/lib/protocol/receipt';
import { nativeSha256 } from '@/lib/storage/native-sha256';
import { storage } from '@/lib/storage/storage';
import { attest } from './attest';
import type { Called } from './call-endpoint';
import type { Delivery } from './capture-generation';
import type { Claim } from './claim';

const RAW_CHARACTERS = 64_000;
const NAME_CHARACTERS = 200;

/** The version on the receipt is the one that ran: what the endpoint reports must be what manifest and deployment declare. */
function checkReport(
  result: RunResult,
  request: RunRequest,
  { manifest: { weights, seedKind } }: LoadedVersion,
  { mustReport }: OpenDeployment,
): void {
  const substituted = (what: string) => new AppError('model_substituted', { cause: new Error(what) });
  if (weights && result.weightsReported && result.weightsReported !== weights) {
    throw substituted(`declared ${weights}, ran ${result.weightsReported}`);
  }
  if (mustReport !== null && result.modelReported !== mustReport) throw substituted(`declared ${mustReport}, ran ${result.modelReported}`);
  if (seedKind === 'exact' && result.seedReported !== null && result.seedReported !== request.seed) {
    throw substituted(`seed ${request.seed} asked, ${result.seedReported} used`);
  }
}

/** Checks what came, stores it and has it attested. Throws `model_substituted`, `output_invalid`, `output_blocked`, `signer_mismatch`. */
export async function deliver(db: Database, run: Claim, version: LoadedVersion, called: Called, request: RunRequest): Promise<Delivery> {
  const { result, deployment } = called;
  checkReport(result, request, version, deployment);
  const { width, height } = request.params;
  const output = await checkOutput(result.output, {
    width: typeof width === 'number' ? width : undefined,
    height: typeof height === 'number' ? height : undefined,
    isSigned: version.manifest.signerCustody === 'creator',
  });
  if (await localModeration.checkImage(output)) throw new AppError('output_blocked');
  const content = rasterContent(output, nativeSha256);
  const blob = await storage().put(output.png);
  const receipt: Receipt = {
    version: version.digest,
    seed: request.seed,
    paramsHash: run.params_hash,
    promptHash: run.prompt_hash,
    content,
    parent: run.parent,
  };
  const { digest, signature } = await attest(db, version, receipt, result.signature);
  const { id, attempt } = run;
  return { id, attempt, content, receipt: digest, signature, width: output.width, height: output.height, blob, report: reportOf(called) };
}

/** As text that a database takes whatever an endpoint wrote into it: no halves of surrogate pairs, no NUL. */
const clean = (text: string, characters: number) => Buffer.from(text.slice(0, characters), 'utf8').toString('utf8').replaceAll('\0', '');

function reportOf({ result, deployment, ms }: Called): Delivery['report'] {
  const named = (text: string | null) => (text === null ? null : clean(text, NAME_CHARACTERS));
  return {
    deployment: deployment.id,
    job: named(result.providerJobId),
    seed: result.seedReported?.toString() ?? null,
    model: named(result.modelReported),
    weights: named(result.weightsReported),
    ms,
    raw: result.raw === null ? null : clean(toExactJson(result.raw), RAW_CHARACTERS),
  };
}
