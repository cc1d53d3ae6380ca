'use client';
import { useState } from 'react';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Icon } from '../ui/icon';
import { Problem } from '../ui/problem';

/** A key’s secret, this once. */
export function NewSecret({ secret, onDone }: { secret: string; onDone(): void }) {
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = () =>
    navigator.clipboard.writeText(secret).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <Dialog open onClose={onDone} title="Your new key">
      <p className="text-sm text-ink-soft">It is shown here once, and kept nowhere. If it is lost, revoke it and make another.</p>
      <p className="rounded-sm bg-well p-3 font-mono text-sm break-all select-all">{secret}</p>
      <Problem>{copied === false ? 'This browser does not let us copy. Select the key and copy it yourself.' : null}</Problem>
      <div className="flex flex-wrap gap-3">
        <Button onClick={copy} icon={copied ? <Icon name="check" className="size-4" /> : <Icon name="copy" className="size-4" />}>
          {copied ? 'Copied' : 'Copy the key'}
        </Button>
        <Button variant="outline" onClick={onDone}>
          Done
        </Button>
      </div>
    </Dialog>
  );
}
