import { drawSheets } from './example-picture';
import { writeLines } from './example-text';
import type { GenerateCall, Generated } from './model';

// A model to try the server with: pictures of cut paper, or some lines of text. The same prompt, seed and parameters give the same. Put your own
// `generate` in its place.

export async function generate(call: GenerateCall): Promise<Generated> {
  return call.kind === 'text' ? writeLines(call) : await drawSheets(call);
}
