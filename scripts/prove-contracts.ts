import { type Edit, startProver } from './lib/prove';

// Proves the harnesses in contracts/proofs. Beside each stands a bug that the same proof has to find, or it proves nothing: the source
// is changed in memory. Ends with one line; anything but proved and found is a failure.

type Property = { says: string; harness: string; bugs: Edit[] };

const supply = 'contracts/src/lib/Supply.sol';
const shares = 'contracts/src/lib/Shares.sol';
const till = 'contracts/proofs/TillProof.sol';

const properties: Property[] = [
  {
    says: 'supply stays at or below the cap, and a cap only goes down',
    harness: 'contracts/proofs/SupplyProof.sol',
    bugs: [
      { file: supply, from: 'count < cap', to: 'count <= cap' },
      { file: supply, from: 'newCap >= count', to: 'newCap != 0' },
      { file: supply, from: 'newCap <= cap', to: 'newCap != cap' },
    ],
  },
  {
    says: 'the till holds what came in less what went out',
    harness: till,
    bugs: [{ file: till, from: 'withdrawn += amount;', to: '' }],
  },
  {
    says: 'what is due of a split adds up to what it received, and never shrinks',
    harness: 'contracts/proofs/SharesProof.sol',
    bugs: [{ file: shares, from: '(rest < end ? rest : end)', to: '0' }],
  },
];

async function main(): Promise<number> {
  const prove = await startProver();
  let failures = 0;
  for (const { says, harness, bugs } of properties) {
    const verdict = prove(harness);
    if (verdict !== 'proved') failures += 1;
    console.log(`${verdict}: ${says}`);
    for (const bug of bugs) {
      const planted = prove(harness, bug);
      if (planted !== 'violated') failures += 1;
      console.log(`  ${planted} with "${bug.to}" for "${bug.from}"`);
    }
  }
  console.log(`contracts: ${properties.length} properties, ${failures} failures`);
  return failures === 0 ? 0 : 1;
}

// Z3's threads would keep the process.
main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(`prove-contracts: ${error.message}`);
    process.exit(1);
  },
);
