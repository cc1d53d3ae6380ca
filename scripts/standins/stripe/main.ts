import { join } from 'node:path';
import { startSimulator } from './server';

// The process that the launcher runs when no STRIPE_SECRET_KEY is given.
const { SIMULATOR_PORT, STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, SIMULATOR_WEBHOOK_URL, DATA_DIR } = process.env;
if (!SIMULATOR_PORT || !STRIPE_SECRET_KEY || !STRIPE_WEBHOOK_SECRET || !SIMULATOR_WEBHOOK_URL || !DATA_DIR) {
  throw new Error('SIMULATOR_PORT, STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, SIMULATOR_WEBHOOK_URL and DATA_DIR must be set.');
}
const simulator = await startSimulator({
  port: Number(SIMULATOR_PORT),
  secretKey: STRIPE_SECRET_KEY,
  webhook: { url: SIMULATOR_WEBHOOK_URL, secret: STRIPE_WEBHOOK_SECRET },
  file: join(DATA_DIR, 'stripe-simulator.json'),
});
process.on('SIGTERM', () => void simulator.close().then(() => process.exit(0)));
process.stdout.write(`stripe simulator ready at ${simulator.url}\n`);
