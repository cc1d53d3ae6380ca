import { bootstrap } from './lib/bootstrap.mjs';

await bootstrap('demo.ts');
