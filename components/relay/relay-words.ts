export const relaySteps = ['waiting', 'sent', 'seen', 'safe'] as const;
export type RelayStep = (typeof relaySteps)[number];

export const stepNames: Record<RelayStep, string> = { waiting: 'Waiting', sent: 'Sent', seen: 'Seen', safe: 'Safe' };

/** What is on its way for credits, or failed. */
type Relay = { step: RelayStep | 'failed' };

/** Whether it is on its way, so that no other of its kind can be started. */
export const isUnderWay = <R extends Relay>(relay: R | null): relay is R => relay !== null && relay.step !== 'safe' && relay.step !== 'failed';

/** What each step means, `about` one thing: 'the mint', `done` when it is: 'Minted'. */
export function stepWords(about: string, done: string): Record<RelayStep, string> {
  return {
    waiting: `Credits are set aside, and ${about} is next in line to be sent. You may leave this page.`,
    sent: 'Sent. Waiting for the chain to take it. You may leave this page.',
    seen: 'It is in a block of the chain. Your credits are taken when a few more blocks have made it safe.',
    safe: `${done} Your credits were taken.`,
  };
}
