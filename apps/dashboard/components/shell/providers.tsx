'use client';

import { Alert, MantineProvider, createTheme, type CSSVariablesResolver } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ApiError } from '../../client/fetch-api.ts';
import { ReadOnlyContext } from '../../client/read-only.ts';

const theme = createTheme({
  primaryColor: 'indigo',
  // White on it has a contrast of 4.5.
  primaryShade: { light: 7, dark: 8 },
  respectReducedMotion: true,
  components: {
    // What is out of sight is not to be missed where nobody points.
    ScrollArea: { defaultProps: { type: 'auto' } },
    // Coloured titles on their own pale colour are hard to read.
    Alert: Alert.extend({ styles: { title: { color: 'var(--mantine-color-text)' } } }),
  },
});

/** Links, quiet text, what a field may hold and what is wrong with a contrast of 4.5 on striped rows and in notices, too. */
const variables: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: {
    '--mantine-color-anchor': colors['indigo']![9],
    '--mantine-color-dimmed': colors['gray']![7],
    '--mantine-color-error': colors['red']![9],
    '--mantine-color-placeholder': colors['gray']![7],
  },
  dark: {
    '--mantine-color-anchor': colors['indigo']![3],
    '--mantine-color-dimmed': colors['gray']![5],
    '--mantine-color-error': colors['red']![4],
    '--mantine-color-placeholder': colors['gray']![5],
  },
});

/** What the server refuses it will refuse again. */
function retry(failures: number, error: Error): boolean {
  return failures < 1 && !(error instanceof ApiError && error.status < 500);
}

interface Props {
  nonce: string | undefined;
  isReadOnly: boolean;
  children: ReactNode;
}

/** What every page stands in: components, messages, the cache of what was fetched. */
export function Providers({ nonce, isReadOnly, children }: Props) {
  const [client] = useState(() => new QueryClient({ defaultOptions: { queries: { retry } } }));
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce ?? ''}
    >
      <Notifications />
      <ReadOnlyContext value={isReadOnly}>
        <QueryClientProvider client={client}>{children}</QueryClientProvider>
      </ReadOnlyContext>
    </MantineProvider>
  );
}
