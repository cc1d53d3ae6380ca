/** Gas of one work by row (`mint.fresh`); whole transactions, 21,000 and calldata included. */
export type Gas = Record<string, number>;

/** What the tests logged (`gas mint.fresh: 121936`, printed by `forge test -vv`). Throws where a row was measured twice. */
export function readGas(output: string): Gas {
  const gas: Gas = {};
  for (const [, row, value] of output.matchAll(/^\s*gas ([\w.]+): (\d+)$/gm)) {
    if (row === undefined) continue;
    if (row in gas) throw new Error(`gas: ${row} is measured twice`);
    gas[row] = Number(value);
  }
  return gas;
}

/**
 * Why `measured` does not fit the committed `snapshot`, a line each; empty if it does. Gas is deterministic, so nothing is tolerated.
 * `whole`: all tests ran, so a row of the snapshot that was not measured is a fault too.
 */
export function gasFaults(measured: Gas, snapshot: Gas, whole: boolean): string[] {
  const faults: string[] = [];
  for (const [row, now] of Object.entries(measured)) {
    const before = snapshot[row];
    if (before === undefined) faults.push(`gas: ${row} is not in the snapshot. Run: npm run contracts:gas`);
    else if (now > before) faults.push(`gas: ${row} costs ${now}, the snapshot says ${before}`);
    else if (now < before) faults.push(`gas: ${row} costs ${now}, less than the snapshot's ${before}. Run: npm run contracts:gas`);
  }
  if (whole) {
    for (const row of Object.keys(snapshot)) if (!(row in measured)) faults.push(`gas: ${row} of the snapshot was not measured`);
  }
  return faults;
}

/** One of our rows beside a peer's. Throws, naming the row, where either was not measured. */
export function compareGas(what: string, ours: Gas, ourRow: string, peers: Gas, peerRow: string) {
  const a = ours[ourRow];
  const b = peers[peerRow];
  if (a === undefined) throw new Error(`gas: the contract tests did not measure ${ourRow}`);
  if (b === undefined) throw new Error(`gas: the peers' tests did not measure ${peerRow}`);
  return { what, ours: a, baseline: b, ratio: Number((a / b).toPrecision(4)), unit: 'gas' as const };
}
