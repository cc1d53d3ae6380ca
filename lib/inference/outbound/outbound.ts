import 'server-only';
import { env } from '@/lib/env';
import { type Outbound, openOutbound } from './open-outbound';

let opened: Outbound | undefined;

/** The process's way out to creators' endpoints. */
export function outbound(): Outbound {
  opened ??= openOutbound({ privateHosts: new Set(env.ENDPOINT_PRIVATE_HOSTS) });
  return opened;
}
