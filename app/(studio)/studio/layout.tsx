import type { ReactNode } from 'react';
import { StudioNav } from '@/components/studio/studio-nav';
import { currentActor } from '@/lib/auth/session';

/** The creator's rooms, with the way between them for whoever is signed in. */
export default async function Layout({ children }: { children: ReactNode }) {
  const actor = await currentActor();
  return (
    <div className="frame">
      {actor && <StudioNav />}
      {children}
    </div>
  );
}
