'use client';
import { useServerAction } from '@/components/ui/use-server-action';
import { replaceLeafAction, revokeLeafAction } from '@/lib/credentials/actions';
import { ReasonButton } from '../reason-button';

const lost = 'The server does not answer. Reload to see whether it was done.';

/** Destroys the key of the leaf that signs now. */
export function ReplaceLeaf({ serial }: { serial: string }) {
  const { run, ...state } = useServerAction();
  return (
    <ReasonButton
      label="Replace"
      variant="quiet"
      hint="Operators read it. Its key is destroyed, and the next file is signed by a new one. What it signed stays trusted."
      {...state}
      onReason={(because) => run(() => replaceLeafAction({ serial, because }), { lost })}
    />
  );
}

/** Takes a leaf back, for good. */
export function RevokeLeaf({ serial }: { serial: string }) {
  const { run, ...state } = useServerAction();
  return (
    <ReasonButton
      label="Revoke"
      hint="Everybody can read it. All files that this certificate signed become invalid for our checks, for good."
      {...state}
      onReason={(because) => run(() => revokeLeafAction({ serial, because }), { lost })}
    />
  );
}
