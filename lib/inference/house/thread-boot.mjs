// Loads the thread's TypeScript whatever loader the parent runs under (tsx, vitest, none): a tsx hook inherited from
// a parent does not reach worker threads, an explicit import does. Costs half a second once per thread.
import { tsImport } from 'tsx/esm/api';

await tsImport('./thread.ts', import.meta.url);
