import { bootstrap } from './lib/bootstrap.mjs';

await bootstrap('doctor.ts');
