import pino from 'pino';
import { env } from './env';

/** Structured log. Paths that may carry a secret or a prompt are cut out here, whoever logs them. */
export const log = pino({
  level: env.LOG_LEVEL,
  redact: {
    paths: ['*.prompt', '*.salt', '*.signature', '*.secret', '*.privateKey', '*.password', 'prompt', 'salt', 'privateKey'],
    censor: '[cut]',
  },
});
