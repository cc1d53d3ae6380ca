/** Who is asking. Every use-case and query that is not public takes one. */
export type Actor = {
  userId: string;
  address: `0x${string}`;
  sessionId?: string;
  /** The key they came with, through the gateway: its caps and models bound what they start. */
  apiKeyId?: string;
};

/** Somebody who is signed in. */
export type SessionActor = Actor & { sessionId: string };
