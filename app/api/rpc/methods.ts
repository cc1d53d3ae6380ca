/** Reads that wallets and viem make. Nothing that scans (logs, traces), nothing that holds state on the node (filters), no node control. */
const READS = new Set([
  'eth_blockNumber',
  'eth_call',
  'eth_chainId',
  'eth_estimateGas',
  'eth_feeHistory',
  'eth_gasPrice',
  'eth_getBalance',
  'eth_getBlockByHash',
  'eth_getBlockByNumber',
  'eth_getCode',
  'eth_getTransactionByHash',
  'eth_getTransactionCount',
  'eth_getTransactionReceipt',
  'eth_maxPriorityFeePerGas',
  'net_version',
]);

/** Whether the proxy passes a call on. Signed transactions only on the local chain: on others a wallet has its own way to the chain. */
export function isOffered(method: string, embeddedChain: boolean): boolean {
  return READS.has(method) || (embeddedChain && method === 'eth_sendRawTransaction');
}
