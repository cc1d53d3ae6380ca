import type { Hex, PublicClient } from 'viem';
import type { Platform } from './deployables';
import { type DeployedContract, type Deployment, readDeployment, writeDeployment } from './deployment';
import { type ChainWriter, deployDeterministic, firstBlockOf, hasCode } from './deterministic';
import { findStandards, installStandards } from './install-standards';
import { type PlannedContract, planDeployment } from './plan-deployment';

const LOCAL_CHAIN_ID = 31337;

export type DeployInput = ChainWriter &
  Platform & {
    /** Where `<chainId>.json` is read and written. */
    dir: string;
    /** Recorded beside the addresses of what is deployed now. */
    commit: string;
  };

/**
 * Deploys what this build has at addresses that follow from code and arguments, and records it. Safe to repeat: what stands is left alone,
 * and nothing is sent where everything stands. What other code or arguments left on the chain stays in the record, before it. Chain 31337
 * also gets the standards that public chains have.
 */
export async function deployContracts(input: DeployInput): Promise<Deployment> {
  const { publicClient, dir } = input;
  const chainId = await publicClient.getChainId();
  if (chainId === LOCAL_CHAIN_ID) await installStandards(publicClient);
  const known = (await readStanding(publicClient, dir, chainId)) ?? [];
  const plan = planDeployment(input);
  const current: DeployedContract[] = [];
  for (const planned of plan) current.push(await deploy(input, chainId, planned, known));
  const former = known.filter(({ address }) => !current.some((contract) => contract.address === address));
  const deployment: Deployment = { chainId, contracts: [...former, ...current], standards: await findStandards(publicClient) };
  writeDeployment(dir, deployment);
  return deployment;
}

/** The recorded contracts that the chain has. A local chain may have been wiped; anywhere else a missing contract stops everything. */
async function readStanding(publicClient: PublicClient, dir: string, chainId: number): Promise<DeployedContract[]> {
  const standing: DeployedContract[] = [];
  for (const contract of readDeployment(dir, chainId)?.contracts ?? []) {
    if (await hasCode(publicClient, contract.address)) standing.push(contract);
    else if (chainId !== LOCAL_CHAIN_ID) {
      throw new Error(`${dir}/${chainId}.json names ${contract.kind} at ${contract.address}, where this chain has no code: is the provider behind?`);
    }
  }
  return standing;
}

async function deploy(input: DeployInput, chainId: number, planned: PlannedContract, known: DeployedContract[]): Promise<DeployedContract> {
  const { contract: _, initCode, ...facts } = planned;
  const { publicClient, commit } = input;
  const recorded = known.find(({ address }) => address === planned.address);
  if (recorded) return { ...facts, block: recorded.block, commit: recorded.commit };
  const stands = await hasCode(publicClient, planned.address);
  const block = stands ? await firstBlock(publicClient, chainId, planned.address) : Number(await publicClient.getBlockNumber());
  await deployDeterministic(input, initCode);
  return { ...facts, block, commit };
}

/** A local chain that was loaded from a file has no old state to ask, and no block is far from its first. */
const firstBlock = async (publicClient: PublicClient, chainId: number, address: Hex) =>
  chainId === LOCAL_CHAIN_ID ? 0 : firstBlockOf(publicClient, address);
