import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './global.css';
import { ColorSchemeScript, mantineHtmlProps } from '@mantine/core';
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { Providers } from '../components/shell/providers.tsx';
import { Shell } from '../components/shell/shell.tsx';
import { isReadOnly } from '../store/read-only.ts';

export const metadata: Metadata = { title: { template: '%s · Thaw', default: 'Thaw' } };

export default async function Layout({ children }: { children: ReactNode }) {
  // Set for each answer by the server, which allows no script without it.
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    <html lang="en" {...mantineHtmlProps}>
      <head>
        <ColorSchemeScript nonce={nonce} defaultColorScheme="auto" />
      </head>
      <body>
        <Providers nonce={nonce} isReadOnly={isReadOnly()}>
          <Shell>{children}</Shell>
        </Providers>
      </body>
    </html>
  );
}
