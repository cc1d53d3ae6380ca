import type { PassRelayDto } from '@/lib/passes/relay/schema';
import { Notice } from '../ui/notice';

/** Nothing unless it failed. */
export function RelayFailed({ relay, what }: { relay: PassRelayDto | null; what: string }) {
  if (relay?.step !== 'failed') return null;
  return (
    <Notice tone="bad">
      The {what} with credits did not come about, and your credits are back. {relay.problem}
    </Notice>
  );
}
