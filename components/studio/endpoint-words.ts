import type { EndpointTestDto } from '@/lib/studio/schema';
import { duration } from '../format';

/** What was found, and what its creator can do about it. */
const faults: Record<string, [found: string, advice: string]> = {
  unreachable: ['It could not be reached', 'Look whether it is running, and whether its address is right and open to the internet.'],
  busy: ['It is busy, and asks to come back later', 'Test it again in a minute.'],
  unauthorised: ['It does not accept the secret', 'Copy the secret again from where it was made: one character more or less is enough.'],
  refused: ['It refused the request', 'Look at its address, at what it calls the model, and at its settings.'],
  blocked: ['Its safety filter refused the request', 'Its own settings say what it lets through.'],
  failed: ['It failed', 'Its own log says why.'],
  garbage: ['Its answer could not be read', 'Look whether its address is that of a server of this kind.'],
};

/** A fault of an endpoint in words: what it is, what the server saw, and what to do. */
export function faultWords(fault: string, what: string | null): string {
  const [found, advice] = faults[fault] ?? ['It did not answer as it should', 'Its own log says why.'];
  return `${found}${what ? `: ${what}` : ''}. ${advice}`;
}

/** What a test call found, in a sentence. */
export function testWords(found: EndpointTestDto): string {
  if (!found.ok) return faultWords(found.fault, found.what);
  const said = found.modelReported ? ` It says it runs ${found.modelReported}.` : '';
  return `It answered in ${duration(found.ms)} and would take a run.${said}`;
}
