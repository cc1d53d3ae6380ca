/**
 * Two accounts that may enter the operator's rooms of a local stack: anvil's published development keys 7 and 8 (9 is the faucet's). Two,
 * because a large payout needs a second operator. On any other chain OPERATOR_ADDRESSES says who is one, and these are nobody.
 */
export const operatorAccounts = [
  {
    key: '0x4bbbf85ce3377467afe5d46f804f221813b2bb87f24d81f60f1fcdbf7cbf4356',
    address: '0x14dC79964da2C08b23698B3D3cc7Ca32193d9955',
  },
  {
    key: '0xdbda1821b80551c9d65939329250298aa3472ba22feea921c0cf5d620ea67b97',
    address: '0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f',
  },
] as const;

/** "Operator 1", "Operator 2", or null for an account that is none. */
export function operatorName(address: string): string | null {
  const index = operatorAccounts.findIndex((account) => account.address === address);
  return index < 0 ? null : `Operator ${index + 1}`;
}
