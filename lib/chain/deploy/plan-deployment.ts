import { concat, encodeAbiParameters, getContractAddress, type Hex, keccak256 } from 'viem';
import { deployables, type Kind, type Platform } from './deployables';
import { deterministicAddress } from './deterministic';

export type PlannedContract = {
  kind: string;
  /** Name of the contract in contracts/src. */
  contract: string;
  address: Hex;
  /** What the clones of a factory delegate to. */
  implementation?: Hex;
  /** keccak-256 of the creation code without arguments: names the verification input. */
  codeHash: Hex;
  constructorArguments: Hex;
  /** Creation code and arguments: what is sent. */
  initCode: Hex;
};

/** What this build deploys and where: follows from code and arguments alone and is the same on every chain. */
export function planDeployment(platform: Platform): PlannedContract[] {
  const plan: PlannedContract[] = [];
  const at = (kind: Kind): Hex => {
    const earlier = plan.find((contract) => contract.kind === kind);
    if (!earlier) throw new Error(`${kind} has to stand earlier in the list of deployables`);
    return earlier.address;
  };
  for (const { kind, contract, creationCode, args, makesClones } of deployables) {
    const addresses = args(platform, at);
    const constructorArguments = encodeAbiParameters(
      addresses.map(() => ({ type: 'address' })),
      addresses,
    );
    const initCode = concat([creationCode as Hex, constructorArguments]);
    const address = deterministicAddress(initCode);
    // A contract's nonce begins at 1 (EIP-161).
    const implementation = makesClones ? getContractAddress({ from: address, nonce: 1n }) : undefined;
    plan.push({ kind, contract, address, implementation, codeHash: keccak256(creationCode as Hex), constructorArguments, initCode });
  }
  return plan;
}
