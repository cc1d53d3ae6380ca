/*
 * Whole-transaction gas of our contracts beside others, one compiler, one setting. `--json` ends with one line of JSON.
 * Gas is for one work, at steady state (two owners have tokens already); fresh and repeat say whether the collector has one.
 * A `peer.*` row sets the mint of that peer beside our own to the same kind of owner. Ours checks two signatures, a price, a cap and a
 * revocation, and renders a record; of the peers only thirdweb checks a signature, and none binds a work to how it was made.
 */
import { compareGas } from '../lib/gas';
import { measureOurs } from '../lib/gas-run';
import { measurePeers } from './peers';

/** [row, what we measure, what a peer measures]. A new row of ours is one line here. */
const rows = [
  ['mint.fresh', 'mint.fresh', 'peer.thirdweb.fresh'],
  ['mint.repeat', 'mint.repeat', 'peer.thirdweb.repeat'],
  ['edition.10', 'edition.10', 'peer.erc721a.10'],
  ['edition.100', 'edition.100', 'peer.erc721a.100'],
  ['evolve.later', 'evolve.later', 'peer.manifold.setUri'],
  ['pass.buy', 'pass.buy', 'peer.unlock.buy'],
  ['till.eth', 'till.eth', 'peer.splitter.receive'],
  ...['thirdweb', 'manifold', 'ozUri', 'zora', 'oz', 'erc721a', 'solady'].flatMap((peer) => [
    [`peer.${peer}.fresh`, 'mint.fresh', `peer.${peer}.fresh`],
    [`peer.${peer}.repeat`, 'mint.repeat', `peer.${peer}.repeat`],
  ]),
] as [string, string, string][];

try {
  const ours = measureOurs();
  const peers = measurePeers();
  const table = rows.map(([what, ourRow, peerRow]) => compareGas(what, ours, ourRow, peers, peerRow));
  if (!process.argv.includes('--json')) console.table(table);
  console.log(JSON.stringify({ bench: 'gas', rows: table }));
} catch (error) {
  console.error(`bench:gas: ${(error as Error).message}`);
  process.exitCode = 1;
}
