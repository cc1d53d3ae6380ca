'use client';
import { useState } from 'react';
import type { OpeningFile } from '@/lib/protocol/opening-file';
import { openLinkAction } from '@/lib/works/actions';
import { Button } from '../../ui/button';
import { Digest } from '../../ui/digest';
import { Problem } from '../../ui/problem';
import { RecordList, RecordRow } from '../../ui/record';
import { useServerAction } from '../../ui/use-server-action';
import { OpeningShown } from './opening-shown';

/** Opens a link on a press, not by being looked at: that it was opened is told to whoever made it. */
export function OpenLink({ token }: { token: string }) {
  const [file, setFile] = useState<OpeningFile | null>(null);
  const { run, pending, problem } = useServerAction();
  if (file) return <Opened file={file} />;
  return (
    <div className="grid justify-items-start gap-3">
      <Button loading={pending} onClick={() => run(() => openLinkAction({ token }), { onDone: (opened) => opened && setFile(opened) })}>
        Show me the prompt
      </Button>
      <Problem>{problem}</Problem>
      {problem !== null && <p className="text-xs text-ink-faint">The link may be for another address than you signed in with, withdrawn, or over.</p>}
    </div>
  );
}

function Opened({ file }: { file: OpeningFile }) {
  const href = `data:application/json;charset=utf-8,${encodeURIComponent(`${JSON.stringify(file, null, 2)}\n`)}`;
  return (
    <RecordList>
      <RecordRow label="Prompt">
        <OpeningShown prompt={file.prompt} salt={file.salt} promptHash={file.promptHash} />
        <a href={href} download={`prompt-${file.receipt.slice(2, 10)}.json`} className="text-link">
          Take prompt and salt as a file
        </a>
      </RecordRow>
      <RecordRow label="Receipt">
        <Digest value={file.receipt} label="receipt digest" keep={8} />
      </RecordRow>
    </RecordList>
  );
}
