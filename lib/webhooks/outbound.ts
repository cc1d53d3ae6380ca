import 'server-only';
import { env } from '@/lib/env';
import { type Outbound, openOutbound, type WaysOut } from '@/lib/inference/outbound/open-outbound';

let opened: WaysOut | undefined;

/** The process's way out to an address of somebody's. The machines that creators' endpoints may be on are none of these: anybody who signs in may name one. */
export function webhookOutbound(url: string): Outbound {
  opened ??= openOutbound({ privateHosts: new Set(env.WEBHOOK_PRIVATE_HOSTS) });
  return opened.forEndpoint(url);
}
