import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { themeOf } from '@/components/shell/theme';
import { env } from '@/lib/env';
import { fontVariables } from './fonts';
import './globals.css';

const description = 'Make pictures with private generative models. Each one is an impression whose origin you can check.';

export async function generateMetadata(): Promise<Metadata> {
  // Before the settings are read: a build has none.
  await connection();
  return {
    metadataBase: new URL(env.PUBLIC_URL),
    title: { default: 'Intaglio', template: '%s · Intaglio' },
    description,
    openGraph: { siteName: 'Intaglio', type: 'website', title: 'Intaglio', description },
  };
}

export const viewport: Viewport = {
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#faf8f5' },
    { media: '(prefers-color-scheme: dark)', color: '#0d0f12' },
  ],
};

/** The theme is read from its cookie here, so that the first paint is already right. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = themeOf((await cookies()).get('theme')?.value);
  return (
    <html lang="en" className={fontVariables} data-theme={theme}>
      <body>{children}</body>
    </html>
  );
}
