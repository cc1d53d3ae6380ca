import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import type { GatewayCall } from '../route';
import { type PaymentPayload, paymentPayload, type Requirements } from './schema';

/** A signature of a contract may be long; nothing else here is. */
const MOST_CHARACTERS = 12_000;

const encode = (json: object) => Buffer.from(JSON.stringify(json)).toString('base64');

/** What the client may add (extension payment-identifier): a name for the payment, under which it is paid once. */
const paymentIdentifierOffer = {
  info: { required: false },
  schema: {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: { required: { type: 'boolean' }, id: { type: 'string', minLength: 16, maxLength: 128, pattern: '^[a-zA-Z0-9_-]+$' } },
    required: ['required'],
  },
};

/** PAYMENT-REQUIRED. The address is ours, whatever the request was sent to. */
export function paymentRequiredHeader({ request }: Pick<GatewayCall<unknown>, 'request'>, accepts: Requirements, error: string): string {
  const { pathname } = new URL(request.url);
  const resource = { url: new URL(pathname, env.PUBLIC_URL).href, description: 'One run of a model', mimeType: 'application/json' };
  return encode({ x402Version: 2, error, resource, accepts: [accepts], extensions: { 'payment-identifier': paymentIdentifierOffer } });
}

export type PaymentResponse =
  | { success: true; transaction: string; network: string; payer: string; amount: string }
  | { success: false; errorReason: string; transaction: ''; network: string; payer: string };

/** PAYMENT-RESPONSE. */
export const paymentResponseHeader = (response: PaymentResponse): string => encode(response);

/** PAYMENT-SIGNATURE. Throws `payment_invalid`. */
export function readPayment(header: string): PaymentPayload {
  const malformed = (reason: string) => new AppError('payment_invalid', { message: `PAYMENT-SIGNATURE ${reason}`, details: { reason: 'malformed' } });
  if (header.length > MOST_CHARACTERS || !/^[A-Za-z0-9+/]+={0,2}$/.test(header)) throw malformed('is not base64, or too long.');
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(header, 'base64').toString('utf8'));
  } catch {
    throw malformed('is not JSON.');
  }
  const read = paymentPayload.safeParse(json);
  if (!read.success) throw malformed(`is not a payment of this kind: ${read.error.issues[0]?.path.join('.')} ${read.error.issues[0]?.message}`);
  return read.data;
}
