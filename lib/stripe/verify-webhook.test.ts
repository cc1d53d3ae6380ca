import { describe, expect, test } from 'vitest';
import { signatureHeader } from '@/scripts/standins/stripe/webhooks';
import { verifyWebhook } from './verify-webhook';

const SECRET = 'whsec_current';
const NOW = Math.floor(Date.now() / 1000);
const body = JSON.stringify(
  {
    id: 'evt_1',
    object: 'event',
    type: 'charge.refunded',
    data: { object: { id: 'ch_1', object: 'charge', payment_intent: 'pi_1', metadata: { purchase: 'p1' } } },
  },
  null,
  2,
);

describe('an event', () => {
  test('signed with one of our secrets says what it is about', () => {
    const { event, payload } = verifyWebhook(body, signatureHeader(body, SECRET), ['whsec_former', SECRET]);
    expect(event).toEqual({ id: 'evt_1', type: 'charge.refunded', objectId: 'ch_1', purchaseId: 'p1', paymentIntentId: 'pi_1', accountId: null });
    expect(payload).toBe(body);
  });

  test.each([
    ['without a signature', body, null],
    ['with a signature of somebody else', body, signatureHeader(body, 'whsec_other')],
    ['older than five minutes', body, signatureHeader(body, SECRET, NOW - 301)],
    ['that was parsed and printed again', JSON.stringify(JSON.parse(body)), signatureHeader(body, SECRET)],
    ['changed by one byte', body.replace('ch_1', 'ch_2'), signatureHeader(body, SECRET)],
    ['with a header that is none', body, 'v1=ff'],
  ])('%s is refused', (_, text, header) => {
    expect(() => verifyWebhook(text, header, [SECRET])).toThrow(expect.objectContaining({ code: 'bad_signature' }));
  });
});
