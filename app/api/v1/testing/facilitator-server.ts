import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Database } from '@/lib/db';
import { ownFacilitator } from '@/lib/gateway/x402/own-facilitator';
import { sendAuthorized } from './paid-house';
import type { Payment } from './payers';

/** `lost`: the money moves, and the answer is lost. `refused`: no money moves. `wrong`: it says no, and moves the money later. `silent`: no money moves, and no answer comes. `pending`: no money moves yet, and it says so. `gone`: nobody answers anything. */
export type Manner = 'settles' | 'lost' | 'refused' | 'wrong' | 'silent' | 'pending' | 'gone';

async function bodyOf(message: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString());
}

/** Somebody else's facilitator, as the house sees it: over HTTP, and not always to be relied upon. `paid`: payments it said no to, to be moved by the test. */
export async function serveFacilitator(db: () => Database) {
  const facilitator = { url: '', manner: 'settles' as Manner, asked: [] as string[], paid: [] as Payment[], close: () => server.close() };
  const server = createServer(async (message, response) => {
    const { manner } = facilitator;
    const path = message.url ?? '';
    facilitator.asked.push(path);
    if (manner === 'gone') return response.destroy();
    const { paymentPayload, paymentRequirements } = await bodyOf(message);
    const answer = (body: object) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (path === '/verify') {
      const reason = await ownFacilitator(db()).verify({ id: '', chainId: 31_337, payload: paymentPayload, requirements: paymentRequirements });
      return answer({ isValid: reason === null, invalidReason: reason ?? undefined, payer: paymentPayload.payload.authorization.from });
    }
    if (manner === 'silent') return response.destroy();
    const about = { network: paymentRequirements.network, payer: paymentPayload.payload.authorization.from };
    facilitator.paid.push(paymentPayload);
    if (manner === 'pending') return answer({ success: false, errorReason: 'settlement_pending', transaction: '', ...about });
    if (manner === 'refused' || manner === 'wrong') return answer({ success: false, errorReason: 'insufficient_funds', transaction: '', ...about });
    await sendAuthorized(paymentPayload);
    if (manner === 'lost') return response.destroy();
    return answer({ success: true, transaction: `0x${'00'.repeat(31)}01`, ...about });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  facilitator.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return facilitator;
}
