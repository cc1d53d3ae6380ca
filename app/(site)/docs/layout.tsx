import type { ReactNode } from 'react';
import { DocsNav } from '@/components/docs/docs-nav';

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <div className="frame pb-20">
      <DocsNav />
      {children}
    </div>
  );
}
