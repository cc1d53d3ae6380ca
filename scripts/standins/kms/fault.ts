/** How the next answers fail: before anything is done, or by what they hold. */
export type KmsFaultName = 'hang' | 'internal' | 'throttle' | 'deny' | 'not yet' | 'high s' | 'other key' | 'no signature';

/** A refusal as KMS words it: its exception's name in `__type`. */
export class KmsFault extends Error {
  readonly type: string;
  readonly status: number;
  constructor(type: string, message: string, status = 400) {
    super(message);
    this.type = type;
    this.status = status;
  }
}

/** What a told fault refuses a call with; null where it only changes the answer. */
export function refusal(fault: KmsFaultName | undefined): KmsFault | null {
  if (fault === 'internal') return new KmsFault('KMSInternalException', 'An internal error occurred.', 500);
  if (fault === 'throttle') return new KmsFault('ThrottlingException', 'You have exceeded the rate at which you may call KMS.');
  if (fault === 'deny') return new KmsFault('AccessDeniedException', 'User: arn:aws:iam::111122223333:user/test is not authorized to perform this.');
  if (fault === 'not yet') return new KmsFault('NotFoundException', 'Key does not exist');
  return null;
}
