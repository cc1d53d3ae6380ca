'use client';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { PromptOpening } from '@/lib/protocol/prompt';
import type { ReRunRecord } from '@/lib/provenance/re-run/plan-re-run';
import { Button } from '../../ui/button';

export type ReRunProps = {
  /** What the work's record or its file says of how it was made. */
  record: ReRunRecord;
  /** The version's manifest where it is at hand; left out, it is fetched by its CID. It is checked against the record either way. */
  manifest?: string | null;
  /** The opened prompt, where it is at hand; null asks for it. */
  opening: PromptOpening | null;
  /** Gets the content of the run that was made here, whatever it is. */
  onContent?(content: string): void;
};

/** The engine, three models and what reads a manifest: some 100 kB that only comes when somebody wants it. */
const Panel = dynamic(() => import('./re-run-panel').then((file) => file.ReRunPanel), { ssr: false });

/** Makes a work again in this browser and compares it with what was signed; or says why that cannot be done. */
export function ReRun(props: ReRunProps) {
  // As they were when it was asked for: a page that reads itself anew must not start the run over.
  const [asked, setAsked] = useState<ReRunProps | null>(null);
  if (asked) return <Panel {...asked} />;
  return (
    <Button size="small" variant="outline" className="justify-self-start" onClick={() => setAsked(props)} data-testid="re-run">
      Make it again in this browser
    </Button>
  );
}
