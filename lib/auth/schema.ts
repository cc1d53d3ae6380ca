/** What the browser may know of the visitor. */
export type ViewerDto = { address: `0x${string}` } | null;

/** Runtime settings the wallet island needs; sent by the server, so that one build serves every environment. */
export type ChainConfigDto = {
  chainId: number;
  chainName: string;
  /** Same-origin JSON-RPC for reads. */
  rpcPath: string;
  /** True only on the local chain that the launcher runs: offers the labelled test wallet. */
  testWallet: boolean;
  explorerUrl: string | null;
};
