import pino from 'pino';
import { logLevel } from './env';

/** Providers' keys and databases' passwords are in addresses, and libraries quote those in their errors. */
const ADDRESS = /\b(?:https?|wss?|postgres(?:ql)?):\/\/[^\s"'`<>)\]}]+/gi;
const withoutAddresses = (text: unknown) => (typeof text === 'string' ? text.replace(ADDRESS, '[address]') : undefined);

/** What of an error is logged, its causes included: no other properties, for those hold what was sent, and where. */
export function errorForLog(error: unknown) {
  if (!(error instanceof Error)) return withoutAddresses(String(error));
  const { type, message, stack, code, constraint } = pino.stdSerializers.err(error);
  return { type, message: withoutAddresses(message), stack: withoutAddresses(stack), code, constraint };
}

/** Structured log. Paths that may carry a secret or a prompt are cut out here, whoever logs them. */
export const log = pino({
  level: logLevel,
  serializers: { err: errorForLog },
  redact: {
    paths: ['*.prompt', '*.salt', '*.signature', '*.secret', '*.privateKey', '*.password', 'prompt', 'salt', 'privateKey'],
    censor: '[cut]',
  },
});
