import type { Hex } from 'viem';
import { z } from 'zod';

const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/)
  .transform((text) => text.toLowerCase() as Hex);
const uint = z.string().regex(/^\d{1,78}$/);
const seconds = z.string().regex(/^\d{1,12}$/);
const word = z
  .string()
  .regex(/^0x[0-9a-fA-F]{64}$/)
  .transform((text) => text.toLowerCase() as Hex);
/** Of an account, or what a contract takes for one (ERC-1271). */
const signature = z
  .string()
  .regex(/^0x([0-9a-fA-F]{2}){1,2048}$/)
  .transform((text) => text.toLowerCase() as Hex);

/** A name that the client gives its payment (extension payment-identifier of x402). */
export const paymentIdentifier = z.string().regex(/^[a-zA-Z0-9_-]{16,128}$/);

/** One way to pay, as it is offered and as the client says it has accepted it. */
const requirements = z.object({
  scheme: z.literal('exact'),
  network: z.templateLiteral(['eip155:', z.string().regex(/^\d{1,10}$/)]),
  asset: address,
  amount: uint,
  payTo: address,
  maxTimeoutSeconds: z.number().int().positive(),
  extra: z.object({ name: z.string().max(100), version: z.string().max(20), assetTransferMethod: z.literal('eip3009') }),
});
export type Requirements = z.output<typeof requirements>;

/** PAYMENT-SIGNATURE, decoded: what is not named here is let go of. */
export const paymentPayload = z.object({
  x402Version: z.literal(2),
  accepted: requirements,
  payload: z.object({
    signature,
    authorization: z.object({ from: address, to: address, value: uint, validAfter: seconds, validBefore: seconds, nonce: word }),
  }),
  extensions: z.object({ 'payment-identifier': z.object({ info: z.object({ id: paymentIdentifier.optional() }) }).optional() }).optional(),
});
export type PaymentPayload = z.output<typeof paymentPayload>;
