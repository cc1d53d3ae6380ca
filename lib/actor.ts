/** Who is asking. Every use-case and query that is not public takes one. */
export type Actor = { userId: string; address: `0x${string}`; sessionId: string };
