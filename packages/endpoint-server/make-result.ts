import type { Hex } from 'viem';
import { rasterContent, textContent } from '../../lib/protocol/content';
import type { EndpointRunRequest, EndpointRunResult } from '../../lib/protocol/endpoint-contract';
import { type Receipt, receiptDigest } from '../../lib/protocol/receipt';
import { receiptJson } from '../../lib/protocol/work-record';
import { textProblem } from '../../lib/protocol/work-text';
import type { MakeResult } from './make-run';
import type { Generated, Model } from './model';
import { decodePng, encodePng } from './png';
import { Problem } from './problem';
import { readRun } from './read-run';
import type { Settings } from './settings';
import type { VersionSigner } from './version-key';

type Output = { content: Hex; output: EndpointRunResult['output'] };

/** What the model made, in the form that `content` is over. A picture is encoded anew, so that nothing but its pixels leaves here. */
function outputOf(made: Generated, kind: EndpointRunRequest['kind']): Output {
  if ('blocked' in made) throw new Problem('blocked', made.blocked.slice(0, 200));
  if ('text' in made !== (kind === 'text')) throw new Problem('failed', `the model did not make ${kind === 'text' ? 'a text' : 'a picture'}`);
  if ('text' in made) return outputOfText(made.text);
  try {
    const pixels = 'png' in made ? decodePng(made.png) : made;
    const content = rasterContent(pixels);
    return { content, output: { type: 'image/png', data: encodePng(pixels).toString('base64') } };
  } catch (error) {
    throw new Problem('failed', `the model’s picture is not one that can be signed: ${(error as Error).message}`);
  }
}

/** What the platform would refuse is not signed. */
function outputOfText(text: string): Output {
  const problem = textProblem(text);
  if (problem) throw new Problem('failed', problem);
  return { content: textContent(text), output: { type: 'text/plain', text } };
}

/** Runs the model and signs what it made. `signer` is null where the platform keeps the version's key. */
export function resultMaker(model: Model, signer: VersionSigner | null, settings: Settings): MakeResult {
  return async (request, { signal, onProgress }) => {
    const { paramsHash, promptHash, ...call } = readRun(request, settings);
    const { content, output } = outputOf(await model.generate({ ...call, kind: request.kind, signal, onProgress }), request.kind);
    signal.throwIfAborted();
    const { run, version, parent, chainId, collection, seedKind } = request;
    const receipt: Receipt = { version, seed: call.seed, paramsHash, promptHash, content, parent };
    return {
      run,
      output,
      seed: seedKind === 'exact' ? receipt.seed.toString() : null,
      version,
      weights: model.weights ?? null,
      receipt: receiptJson(receipt),
      signature: signer && (await signer.sign(receiptDigest(chainId, collection, receipt))),
    };
  };
}
