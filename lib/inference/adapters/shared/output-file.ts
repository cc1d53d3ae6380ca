import type { EndpointCall, RunOutput } from '../../adapter';
import { EndpointError } from '../../endpoint-error';
import { pause } from '../../pause';
import { afterStart, ask } from './ask';
import { limits } from './limits';

const DATA_URI = /^data:[\w.+/-]{0,60};base64,/i;
const PAUSES_MS = [250, 1_000];

const garbage = (what: string, cause?: unknown) => new EndpointError('garbage', what, { charged: 'maybe', cause });

/** Bytes of a base64 text, refused by its length before anything is made of it. Throws EndpointError `garbage`. */
export function decodeBase64(text: string): Uint8Array {
  if (text.length > Math.ceil(limits.fileBytes / 3) * 4) throw garbage(`a file of more than ${limits.fileBytes} bytes`);
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) throw garbage('a file that is not base64');
  return Buffer.from(text, 'base64');
}

/** The file that a provider's answer names: in a data URI, or at an address, which gets nothing of ours but the request. */
export async function outputFile(call: EndpointCall<unknown>, address: string): Promise<RunOutput> {
  const [prefix] = DATA_URI.exec(address.slice(0, 100)) ?? [];
  if (prefix) return { kind: 'file', bytes: decodeBase64(address.slice(prefix.length)) };
  const bytes = await download(call, address);
  if (bytes.length === 0) throw garbage('an empty file');
  return { kind: 'file', bytes };
}

/** The picture is made and paid for by now: what passes is tried again. */
async function download(call: EndpointCall<unknown>, url: string): Promise<Uint8Array> {
  for (let tries = 0; ; tries++) {
    try {
      const { bytes } = await ask(call, { phase: 'follow', url, timeoutMs: limits.fileMs, maxBytes: limits.fileBytes });
      return bytes;
    } catch (error) {
      if (!(error instanceof EndpointError)) throw error;
      const passes = error.fault === 'unreachable' || error.fault === 'busy';
      const wait = PAUSES_MS[tries];
      // An address that we do not call, or that wants a key, is not one an honest answer has.
      if (!passes) throw garbage('its file cannot be fetched', error);
      if (wait === undefined) throw afterStart(error);
      await pause(wait, call.signal);
    }
  }
}
