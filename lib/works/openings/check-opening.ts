/** Whether an opening opens a fingerprint; `unable` where this browser gives pages no hashes (plain http). */
export type OpeningCheck = 'holds' | 'fails' | 'unable';

/** sha-256(salt ‖ prompt) with the platform's own WebCrypto, so that whoever looks at a prompt need not take our word for it. */
export async function checkOpening({ salt, prompt, promptHash }: { salt: string; prompt: string; promptHash: string }): Promise<OpeningCheck> {
  const { subtle } = globalThis.crypto ?? {};
  if (!subtle) return 'unable';
  if (!/^0x[0-9a-f]{32}$/.test(salt)) return 'fails';
  const saltBytes = (salt.slice(2).match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));
  const bytes = Uint8Array.from([...saltBytes, ...new TextEncoder().encode(prompt)]);
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  const hex = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `0x${hex}` === promptHash ? 'holds' : 'fails';
}
