import type { PayoutRail, SendingPayout, SendOutcome } from '../rails/rail';

/**
 * A stand-in for the other side, for tests of our side alone: it keeps what was sent by payout, sends each once, and can be told to fail
 * before or after it did its work. The rails themselves are tested against their real counterparts.
 */
export class RecordingRail implements PayoutRail {
  readonly sent = new Map<string, SendingPayout>();
  sends = 0;
  /** Called at each step; what it throws is what the network would have done to us. */
  fault: (step: 'find' | 'send' | 'sent') => void = () => {};
  refuses: string | null = null;

  async findOutcome({ id }: SendingPayout): Promise<SendOutcome | { state: 'none' }> {
    this.fault('find');
    return this.sent.has(id) ? { state: 'sent', externalRef: `tr_${id}` } : { state: 'none' };
  }

  async send(payout: SendingPayout): Promise<SendOutcome> {
    this.fault('send');
    if (this.refuses) return { state: 'failed', error: this.refuses };
    if (!this.sent.has(payout.id)) this.sends += 1;
    this.sent.set(payout.id, payout);
    this.fault('sent');
    return { state: 'sent', externalRef: `tr_${payout.id}` };
  }
}
