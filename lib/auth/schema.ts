import { z } from 'zod';

/** What the browser may know of the visitor. `operator` shows links only: each page and action asks the server. */
export type ViewerDto = { address: `0x${string}`; operator: boolean } | null;

/** Runtime settings the wallet island needs; sent by the server, so that one build serves every environment. */
export type ChainConfigDto = {
  /** Null while the chain does not answer and never did: pages still render, wallet steps say so. */
  chainId: number | null;
  chainName: string;
  /** Same-origin JSON-RPC for reads. */
  rpcPath: string;
  /** True only on the local chain that the launcher runs: offers the labelled test wallet. */
  testWallet: boolean;
  explorerUrl: string | null;
};

/** What a sign-in message has to carry: a nonce for one use, the origin and the chain the server will accept it for. */
export type SignInTermsDto = { nonce: string; origin: string; chainId: number };

/** The line a wallet shows above the fields. Part of what is signed, so that a message made for something else is not a sign-in. */
export const SIGN_IN_STATEMENT = 'Sign in to Intaglio. This costs nothing and moves nothing.';

/** Longest message and signature read: a signature of an undeployed contract account carries its deployment. */
export const signInInput = z.object({
  message: z.string().min(1).max(4096),
  signature: z
    .string()
    .max(32_768)
    .regex(/^0x([0-9a-fA-F]{2})+$/)
    .transform((s) => s as `0x${string}`),
});
export type SignInInput = z.output<typeof signInInput>;
