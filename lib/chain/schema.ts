/** A call that a wallet sends. `gas` is null where the account cannot pay for it right now. */
export type PlannedCallDto = { to: string; data: string; valueWei: string; what: string; gas: string | null; maxFeeWei: string };
export type CallPlanDto = { chainId: number; collection: string; calls: PlannedCallDto[] };
