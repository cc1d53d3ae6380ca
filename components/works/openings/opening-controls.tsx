'use client';
import dynamic from 'next/dynamic';
import type { OpeningLinkDto } from '@/lib/works/openings/schema';

// A visitor's page does not load what only whoever made the work can press.
const RevealButton = dynamic(() => import('./reveal-button').then((file) => file.RevealButton));
const OpeningLinks = dynamic(() => import('./opening-links').then((file) => file.OpeningLinks));

type Props = { workId: string; revealed: boolean; links: OpeningLinkDto[] };

/** What whoever started the run can do with its prompt. */
export function OpeningControls({ workId, revealed, links }: Props) {
  return (
    <>
      {!revealed && <RevealButton workId={workId} />}
      <OpeningLinks workId={workId} links={links} revealed={revealed} />
    </>
  );
}
