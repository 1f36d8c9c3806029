'use client';

import { MantineProvider, createTheme, type CSSVariablesResolver } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';

const theme = createTheme({
  primaryColor: 'indigo',
  // White on it has a contrast of 4.5.
  primaryShade: { light: 7, dark: 8 },
  respectReducedMotion: true,
});

/** Links and quiet text with a contrast of 4.5 on striped rows and in notices, too. */
const variables: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: { '--mantine-color-anchor': colors['indigo']![9], '--mantine-color-dimmed': colors['gray']![7] },
  dark: { '--mantine-color-anchor': colors['indigo']![3], '--mantine-color-dimmed': colors['gray']![5] },
});

/** What every page stands in: components, messages, the cache of what was fetched. */
export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  const [client] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: 1 } } }));
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce ?? ''}
    >
      <Notifications />
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    </MantineProvider>
  );
}
