import { MAX_UPLOAD_BYTES, UPLOAD_TYPES } from '@/lib/uploads/limits';
import type { UploadDto } from '@/lib/uploads/schema';

/** What is wrong with a file before anything is sent; null where nothing can be seen. The server looks at what is in it. */
export function fileProblem({ type, size }: Pick<File, 'type' | 'size'>): string | null {
  if (!UPLOAD_TYPES.includes(type)) return 'Choose a PNG, JPEG or WebP picture.';
  if (size > MAX_UPLOAD_BYTES) return `Choose a picture of at most ${MAX_UPLOAD_BYTES / 1024 / 1024} MB.`;
  return null;
}

/** The server's own sentence where it gave one. */
export function refusalOf(body: string): string {
  try {
    const message: unknown = JSON.parse(body).error.message;
    if (typeof message === 'string') return message;
  } catch {
    // What is no answer of ours says nothing to a person.
  }
  return 'The picture could not be sent. Try again.';
}

type Sending = { onProgress(percent: number): void; signal: AbortSignal };

/** Sends a picture and says how far it is, which fetch cannot. Rejects with a sentence for a person. */
export function sendPicture(file: Blob, { onProgress, signal }: Sending): Promise<UploadDto> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/uploads');
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => onProgress(Math.floor((loaded / total) * 100));
    request.onload = () => {
      if (request.status === 201) resolve(JSON.parse(request.responseText));
      else reject(new Error(refusalOf(request.responseText)));
    };
    request.onerror = () => reject(new Error('The server does not answer. Check your connection and try again.'));
    request.onabort = () => reject(signal.reason);
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
