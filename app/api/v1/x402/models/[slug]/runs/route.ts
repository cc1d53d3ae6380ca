import { openGatewayRoute } from '@/lib/gateway/route';
import { payPerCall } from '@/lib/gateway/x402/pay-per-call';
import { paidRunOfModel } from '@/lib/gateway/x402/payables';

/** A run that is paid by the call (x402), whoever asks. */
export const POST = openGatewayRoute(payPerCall(paidRunOfModel));
