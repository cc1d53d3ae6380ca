import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { AdminNav } from '@/components/admin/admin-nav';
import { SiteFrame } from '../(site)/site-frame';
import { operatorOnly } from './operator-only';

export const metadata: Metadata = { robots: { index: false } };

/** The operator's rooms. Not there for anybody else. */
export default async function Layout({ children }: { children: ReactNode }) {
  await operatorOnly();
  return (
    <SiteFrame>
      <div className="frame">
        <AdminNav />
        {children}
      </div>
    </SiteFrame>
  );
}
