import type { PayoutRail, SendingPayout, SendOutcome } from '../rails/rail';

/**
 * A stand-in for the other side, for tests of our side alone: it keeps what was sent by payout, sends each once, and can be told to fail
 * before or after it did its work. The rails themselves are tested against their real counterparts.
 */
export class RecordingRail implements PayoutRail {
  readonly sent = new Map<string, SendingPayout>();
  private readonly refused = new Map<string, string>();
  sends = 0;
  /** Called at each step; what it throws is what the network would have done to us. */
  fault: (step: 'find' | 'send' | 'sent') => void = () => {};
  refuses: string | null = null;
  /** Off: idempotency keys are forgotten, as Stripe's are after a day, and a second send would be a second payment. */
  remembersKeys = true;

  async findOutcome({ id }: SendingPayout): Promise<SendOutcome | { state: 'none' }> {
    this.fault('find');
    return this.sent.has(id) ? { state: 'sent', externalRef: `tr_${id}` } : { state: 'none' };
  }

  async send(payout: SendingPayout): Promise<SendOutcome> {
    this.fault('send');
    // Like an idempotency key: the first answer for good is the answer to every later call.
    if (this.refuses && !this.sent.has(payout.id)) this.refused.set(payout.id, this.refuses);
    const refusal = this.refused.get(payout.id);
    if (refusal) return { state: 'failed', error: refusal };
    if (!this.sent.has(payout.id) || !this.remembersKeys) this.sends += 1;
    this.sent.set(payout.id, payout);
    this.fault('sent');
    return { state: 'sent', externalRef: `tr_${payout.id}` };
  }
}
