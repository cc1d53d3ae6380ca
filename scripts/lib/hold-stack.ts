import { createReport } from './report';
import { startStack } from './stack';

// For the tests: a launcher of its own process that can be killed. Prints the stack's settings as one line of JSON when it runs.
const dataDir = process.argv[2];
if (!dataDir) throw new Error('usage: hold-stack.ts DATA_DIR');
const report = createReport(() => {});
const stack = await startStack({ dataDir, ports: 'free', web: 'none', worker: false, chain: true, seed: false, report });
console.log(JSON.stringify(stack.env));
process.on('SIGTERM', () => void stack.stop().then(() => process.exit(0)));
await stack.lost;
