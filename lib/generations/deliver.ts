import type { Hex } from 'viem';
import type { Database } from '@/lib/db';
import { AppError } from '@/lib/errors';
import type { RunRequest, RunResult } from '@/lib/inference/adapter';
import { type CheckedPicture, type CheckedText, checkOutput } from '@/lib/inference/check-output';
import { toExactJson } from '@/lib/inference/exact-json';
import { localModeration } from '@/lib/inference/moderation/moderation';
import { drawTextCard } from '@/lib/inference/text-card/draw-text-card';
import type { OpenDeployment } from '@/lib/models/load-deployments';
import type { LoadedVersion } from '@/lib/models/load-version';
import { rasterContent, textContent } from '@/lib/protocol/content';
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
  const output = await checkOutput(result.output, expectedOf(request, version));
  const { content, ...file } = await fileOf(output, version);
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
  return { id, attempt, content, receipt: digest, signature, ...file, report: reportOf(called) };
}

function expectedOf({ kind, params: { width, height } }: RunRequest, { manifest: { signerCustody } }: LoadedVersion) {
  if (kind === 'text') return { kind } as const;
  const numberOf = (value: unknown) => (typeof value === 'number' ? value : undefined);
  return { kind, width: numberOf(width), height: numberOf(height), isSigned: signerCustody === 'creator' } as const;
}

/** The picture that is stored, and the content that is signed: of a picture its pixels, of a text its letters and not the card they are drawn on. */
async function fileOf(
  output: CheckedPicture | CheckedText,
  { manifest }: LoadedVersion,
): Promise<Pick<Delivery, 'work' | 'width' | 'height' | 'blob'> & { content: Hex }> {
  if (output.kind === 'image') {
    if (await localModeration.checkImage(output)) throw new AppError('output_blocked');
    const { width, height, png } = output;
    return { work: { kind: 'image' }, content: rasterContent(output, nativeSha256), width, height, blob: await storage().put(png) };
  }
  if (await localModeration.checkText(output.text)) throw new AppError('output_blocked');
  const { width, height, png } = await drawTextCard({ text: output.text, modelName: manifest.name });
  return { work: output, content: textContent(output.text), width, height, blob: await storage().put(png) };
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
