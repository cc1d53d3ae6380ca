import { type Hex, type PublicClient, parseAbi } from 'viem';
import { tillAbi } from '@/lib/chain/abi/till';
import { chainId, publicClient } from '@/lib/chain/client';
import { decodeLog } from '@/lib/chain/decode-log';
import { deploymentOf } from '@/lib/chain/deployments';
import { usdcOf } from '@/lib/chain/usdc';
import type { CheckContext } from '../finding';
import { type ScannedLog, scanLogs } from './scan-logs';

/** 'eth', or a token's address in lowercase. */
export type TillAsset = 'eth' | Hex;
export type TillEvent = { kind: 'deposit' | 'withdrawal'; till: Hex; asset: TillAsset; amount: bigint; payer: Hex; memo: Hex; log: ScannedLog };
/** What the chain says of our tills up to one block: their events since the first one, and what is in them. */
export type TillReading = {
  client: PublicClient;
  chainId: number;
  head: bigint;
  events: TillEvent[];
  balances: { till: Hex; asset: TillAsset; amount: bigint }[];
};

const READINGS_TRIED = 3;
const kept = new WeakMap<CheckContext, Promise<TillReading>>();

/** Read once a run: two checks compare with it. */
export function readTill(context: CheckContext): Promise<TillReading> {
  const reading = kept.get(context) ?? read();
  kept.set(context, reading);
  return reading;
}

/** Events and balances have to be of one chain: when its head was replaced meanwhile, all is read anew. */
async function read(): Promise<TillReading> {
  const [client, id] = [publicClient(), await chainId()];
  const { all, startBlock } = deploymentOf(id);
  for (let tried = 0; tried < READINGS_TRIED; tried++) {
    const head = await client.getBlock({ includeTransactions: false });
    const logs = await scanLogs(client, { addresses: all('till'), from: startBlock, to: head.number });
    const events = logs.flatMap(toEvent);
    const balances = await readBalances(client, all('till'), tokensOf(id, events), head.number);
    const after = await client.getBlock({ blockNumber: head.number, includeTransactions: false });
    if (after.hash === head.hash) return { client, chainId: id, head: head.number, events, balances };
  }
  throw new Error('the chain’s head was replaced each time it was read: try again');
}

function toEvent(log: ScannedLog): TillEvent[] {
  const event = decodeLog(tillAbi, { ...log, ordinal: 0 });
  const none = { payer: '0x', memo: '0x' } as const;
  switch (event?.eventName) {
    case 'Deposited':
      return [{ kind: 'deposit', till: log.address, asset: 'eth', ...event.args, payer: lower(event.args.payer), log }];
    case 'TokenDeposited':
      return [{ kind: 'deposit', till: log.address, asset: lower(event.args.token), ...payment(event.args), log }];
    case 'Withdrawn':
      return [{ kind: 'withdrawal', till: log.address, asset: 'eth', amount: event.args.amount, ...none, log }];
    case 'TokenWithdrawn':
      return [{ kind: 'withdrawal', till: log.address, asset: lower(event.args.token), amount: event.args.amount, ...none, log }];
    default:
      return [];
  }
}

const payment = ({ payer, memo, amount }: { payer: Hex; memo: Hex; amount: bigint }) => ({ payer: lower(payer), memo, amount });
const lower = (hex: Hex) => hex.toLowerCase() as Hex;

const erc20 = parseAbi(['function balanceOf(address) view returns (uint256)']);

/** USDC always: it may lie there without having been paid in through the till. */
function tokensOf(chain: number, events: TillEvent[]): Hex[] {
  const usdc = usdcOf(chain);
  return [...new Set([...(usdc ? [usdc] : []), ...events.flatMap(({ asset }) => (asset === 'eth' ? [] : [asset]))])];
}

function readBalances(client: PublicClient, tills: Hex[], tokens: Hex[], blockNumber: bigint) {
  const ask = async (till: Hex, asset: TillAsset) => {
    const amount =
      asset === 'eth'
        ? await client.getBalance({ address: till, blockNumber })
        : await client.readContract({ address: asset, abi: erc20, functionName: 'balanceOf', args: [till], blockNumber });
    return { till, asset, amount };
  };
  return Promise.all(tills.flatMap((till) => ['eth' as const, ...tokens].map((asset) => ask(till, asset))));
}
