import type { RelayDto } from '@/lib/mint/relay/schema';

type Step = RelayDto['step'];

export const relaySteps = ['waiting', 'sent', 'seen', 'safe'] as const;

export const stepNames: Record<Exclude<Step, 'failed'>, string> = { waiting: 'Waiting', sent: 'Sent', seen: 'Seen', safe: 'Safe' };

/** What each step means for the person who waits. */
export const stepWords: Record<Exclude<Step, 'failed'>, string> = {
  waiting: 'Credits are set aside. The mint is next in line to be sent. You may leave this page.',
  sent: 'Sent. Waiting for the chain to take it. You may leave this page.',
  seen: 'It is in a block of the chain. Your credits are taken when a few more blocks have made it safe.',
  safe: 'Minted and safe. Your credits were taken.',
};

/** Whether a mint with credits is on its way, so that no other can be started. */
export const isUnderWay = (relay: RelayDto | null): relay is RelayDto => relay !== null && relay.step !== 'safe' && relay.step !== 'failed';
