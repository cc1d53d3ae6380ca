import type { EndpointTestDto } from '@/lib/studio/schema';
import { duration } from '../format';

const faults: Record<string, string> = {
  unreachable: 'It could not be reached',
  busy: 'It is busy, and asks to come back later',
  unauthorised: 'It does not accept the secret',
  refused: 'It refused the request',
  blocked: 'Its safety filter refused the request',
  failed: 'It failed',
  garbage: 'Its answer could not be read',
};

/** A fault of an endpoint in words, with what the server saw. */
export const faultWords = (fault: string, what: string | null) => `${faults[fault] ?? 'It did not answer as it should'}${what ? `: ${what}` : ''}.`;

/** What a test call found, in a sentence. */
export function testWords(found: EndpointTestDto): string {
  if (!found.ok) return faultWords(found.fault, found.what);
  const said = found.modelReported ? ` It says it runs ${found.modelReported}.` : '';
  return `It answered in ${duration(found.ms)} and would take a run.${said}`;
}
