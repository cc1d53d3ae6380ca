import type { PinsDto } from '@/lib/addresses/schema';
import { moment, plural } from '../format';
import { Digest } from '../ui/digest';
import { Notice } from '../ui/notice';

/** How far pinning is, and what the node did not take. */
export function PinList({ pins: { on, pinned, waiting, mismatched, unpinned, open } }: { pins: PinsDto }) {
  return (
    <div className="grid gap-8 pb-16 lg:max-w-3xl">
      {!on && (
        <Notice>
          No IPFS node is set (IPFS_RPC_URL), so nothing is pinned. Works are served by their CIDs from here, and a creator can download a whole
          collection as a CAR for a pinning service of their own.
        </Notice>
      )}
      <p className="text-sm text-ink-soft" data-testid="pin-counts">
        {pinned} kept, {waiting} waiting, {mismatched} refused, {unpinned} let go of after a takedown.
      </p>
      {open.length > 0 && (
        <ul className="border-t border-rule">
          {open.map((pin) => (
            <li key={pin.cid} className="grid gap-1 border-b border-rule py-3 text-sm">
              <span className="flex flex-wrap gap-x-4">
                <span className="font-medium">{pin.kind}</span>
                <Digest value={pin.cid} label="CID" keep={12} />
              </span>
              <span className="text-ink-soft">
                {pin.state === 'mismatched'
                  ? 'The node made another CID of it. It is not tried again.'
                  : `${pin.state === 'unpinning' ? 'To be let go of: its work was taken down. ' : ''}${pin.attempts === 0 ? 'Not tried yet' : `Tried ${plural('time', pin.attempts)}`}${pin.nextAt ? `, next at ${moment(pin.nextAt)}` : ''}.`}
              </span>
              {pin.error && <span className="font-mono text-xs break-words text-ink-faint">{pin.error}</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
