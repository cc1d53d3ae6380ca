import { chainReader, httpRequest } from '../../lib/verifier/chain-reader';
import { checkToken } from '../../lib/verifier/check-token';
import { checkWork } from '../../lib/verifier/check-work';
import type { Check } from '../../lib/verifier/schema';
import { type Arguments, UsageError } from './arguments';
import { credentialsReader } from './credentials';
import { fetchToken } from './fetch-token';
import { readBytes, readOpening, readRevoked } from './read-files';
import { shipped } from './shipped';

/** What was asked for on the command line. Throws UsageError where a file of it cannot be read. */
export async function check(asked: Arguments): Promise<Check> {
  const { rpc, token, gateway, factory, roots, copies } = asked;
  const chain = rpc === undefined ? undefined : chainReader(httpRequest(rpc));
  const chainId = (await chain?.chainId().catch(() => undefined)) ?? 0;
  const { trust, rootsPem } = shipped({ factories: factory, chainId, rootsFiles: roots });
  const fetched = !asked.file && token && gateway ? await fetchToken(gateway, token) : undefined;
  const file = asked.file ? readBytes(asked.file) : fetched?.file;
  if (!file) {
    if (!token || !chain) throw new UsageError('Name a file, or a token and --rpc.');
    return checkToken({ chain, trust, ...token });
  }
  return checkWork({
    ...{ file, trust, chain, expected: token },
    opening: asked.opening === undefined ? undefined : readOpening(asked.opening),
    manifest: asked.manifest === undefined ? undefined : new TextDecoder().decode(readBytes(asked.manifest)),
    related: asked.related.map(readBytes),
    credentials: asked.credentials ? credentialsReader(rootsPem, asked.revoked.flatMap(readRevoked)) : undefined,
    findCopies: copies ? { fromBlock: 0n } : undefined,
  });
}
