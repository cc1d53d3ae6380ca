import pino from 'pino';
import { logLevel } from './env';

/** Structured log. Paths that may carry a secret or a prompt are cut out here, whoever logs them. */
export const log = pino({
  level: logLevel,
  redact: {
    paths: ['*.prompt', '*.salt', '*.signature', '*.secret', '*.privateKey', '*.password', 'prompt', 'salt', 'privateKey'],
    censor: '[cut]',
  },
});
