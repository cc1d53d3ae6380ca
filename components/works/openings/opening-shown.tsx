'use client';
import { useEffect, useState } from 'react';
import { checkOpening, type OpeningCheck } from '@/lib/works/openings/check-opening';
import { Digest } from '../../ui/digest';
import { Disclosure } from '../../ui/disclosure';

const words: Record<OpeningCheck | 'checking', string> = {
  checking: 'Your browser is hashing it.',
  holds: 'Your browser has hashed it: this is the prompt that was signed, to the letter.',
  fails: 'This is not the prompt that was signed. Its hash is another than the receipt’s.',
  unable: 'This browser does not hash on pages without https. Take the file and check it elsewhere.',
};
const tones: Record<OpeningCheck | 'checking', string> = {
  checking: 'text-ink-faint',
  holds: 'text-verdigris',
  fails: 'text-madder',
  unable: 'text-ink-faint',
};

/** A prompt with its salt, hashed anew in the browser of whoever looks at it. */
export function OpeningShown({ prompt, salt, promptHash }: { prompt: string; salt: string; promptHash: string }) {
  const [check, setCheck] = useState<OpeningCheck | 'checking'>('checking');
  useEffect(() => {
    let isCurrent = true;
    checkOpening({ prompt, salt, promptHash }).then((found) => isCurrent && setCheck(found));
    return () => {
      isCurrent = false;
    };
  }, [prompt, salt, promptHash]);
  return (
    <>
      <p className="whitespace-pre-line [overflow-wrap:anywhere]" dir="auto" data-testid="prompt">
        {prompt || 'None given'}
      </p>
      <p role="status" className={`pt-1 text-xs ${tones[check]}`}>
        {words[check]}
      </p>
      <Disclosure summary="Salt and fingerprint">
        <p>Anyone can check this: sha-256(salt ‖ prompt) equals the receipt’s promptHash. The salt is 16 bytes, the prompt its UTF-8 bytes.</p>
        <p className="pt-2">
          <Digest value={salt} label="prompt salt" keep={0} />
        </p>
        <p>
          <Digest value={promptHash} label="prompt fingerprint" keep={0} />
        </p>
      </Disclosure>
    </>
  );
}
