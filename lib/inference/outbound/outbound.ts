import 'server-only';
import { env } from '@/lib/env';
import { type Outbound, openOutbound, type WaysOut } from './open-outbound';

let opened: WaysOut | undefined;

/** The process's way out to creators' endpoints, for the deployment that is configured with this address. */
export function outboundFor(address: string | null): Outbound {
  opened ??= openOutbound({ privateHosts: new Set(env.ENDPOINT_PRIVATE_HOSTS) });
  return opened.forEndpoint(address);
}
