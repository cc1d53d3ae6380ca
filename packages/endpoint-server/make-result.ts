import type { Hex } from 'viem';
import { rasterContent } from '../../lib/protocol/content';
import { type EndpointRunRequest, type EndpointRunResult, MAX_TEXT_CHARACTERS } from '../../lib/protocol/endpoint-contract';
import { sha256Hex } from '../../lib/protocol/hash';
import { type Receipt, receiptDigest } from '../../lib/protocol/receipt';
import { receiptJson } from '../../lib/protocol/work-record';
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
  if ('text' in made && made.text.length > MAX_TEXT_CHARACTERS) throw new Problem('failed', `more than ${MAX_TEXT_CHARACTERS} characters`);
  if ('text' in made) return { content: sha256Hex(made.text), output: { type: 'text/plain', text: made.text } };
  try {
    const pixels = 'png' in made ? decodePng(made.png) : made;
    const content = rasterContent(pixels);
    return { content, output: { type: 'image/png', data: encodePng(pixels).toString('base64') } };
  } catch (error) {
    throw new Problem('failed', `the model’s picture is not one that can be signed: ${(error as Error).message}`);
  }
}

/** Runs the model and signs what it made. `signer` is null where the platform keeps the version's key. */
export function resultMaker(model: Model, signer: VersionSigner | null, settings: Settings): MakeResult {
  return async (request, { signal, onProgress }) => {
    const { paramsHash, promptHash, ...call } = readRun(request, settings);
    const { content, output } = outputOf(await model.generate({ ...call, signal, onProgress }), request.kind);
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
