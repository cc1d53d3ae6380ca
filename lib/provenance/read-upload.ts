import 'server-only';
import { AppError } from '@/lib/errors';
import { readBody } from '@/lib/read-body';
import { MAX_UPLOAD_BYTES } from './verify-file';

/** Multipart adds its boundaries and headers to the file. */
const MAX_FORM_BYTES = MAX_UPLOAD_BYTES + 16 * 1024;
const MAX_JSON_BYTES = 512 * 1024;

export type Upload = { kind: 'file'; bytes: Uint8Array } | { kind: 'json'; json: unknown };

const typeOf = (request: Request) => request.headers.get('content-type') ?? '';

/** Whether a file comes, and not JSON. */
export const isForm = (request: Request): boolean => typeOf(request).startsWith('multipart/form-data');

/** Reads a body, whatever length it claims: a file of at most 20 MB in a form's field `file`, or JSON of at most 512 KB. Throws `too_large`, `too_slow`, `invalid_input`. */
export async function readUpload(request: Request): Promise<Upload> {
  const type = typeOf(request);
  const [most, maxBytes] = isForm(request) ? [MAX_FORM_BYTES, MAX_UPLOAD_BYTES] : [MAX_JSON_BYTES, MAX_JSON_BYTES];
  if (Number(request.headers.get('content-length') ?? 0) > most) throw new AppError('too_large', { details: { maxBytes } });
  const body = await readBody(request.body, most);
  try {
    if (!isForm(request)) return { kind: 'json', json: JSON.parse(body.toString()) };
    const file = (await new Response(Uint8Array.from(body), { headers: { 'content-type': type } }).formData()).get('file');
    if (file instanceof File) return { kind: 'file', bytes: new Uint8Array(await file.arrayBuffer()) };
  } catch (cause) {
    throw new AppError('invalid_input', { cause });
  }
  throw new AppError('invalid_input', { message: 'Send the file in the field “file”.' });
}
