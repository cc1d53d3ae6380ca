/** A value that the protocol does not allow: the message says which rule. Boundaries map it to their own error. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}
