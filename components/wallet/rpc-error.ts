/** An error with a code of EIP-1193 or EIP-1474, which wallet libraries tell apart by number. */
export class RpcError extends Error {
  readonly code: number;
  readonly data?: unknown;
  constructor(code: number, message: string, data?: unknown) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

export const userRejected = () => new RpcError(4001, 'User rejected the request.');
export const notAuthorised = () => new RpcError(4100, 'The account is not connected.');
export const unsupported = (method: string) => new RpcError(4200, `The test wallet does not offer ${method}.`);
export const unknownChain = () => new RpcError(4902, 'The test wallet knows the local chain only.');
