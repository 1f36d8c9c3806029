import { join } from 'node:path';
import type { NextConfig } from 'next';

const root = join(import.meta.dirname, '../..');

export default {
  // `npx nx run lint` checks types, with the same compiler options.
  typescript: { ignoreBuildErrors: true, tsconfigPath: 'tsconfig.build.json' },
  transpilePackages: ['base', 'data', 'experiment', 'metrics', 'model', 'search', 'serving', 'tracking'].map(
    (lib) => `@thaw/${lib}`,
  ),
  turbopack: { root },
  outputFileTracingRoot: root,
  poweredByHeader: false,
  devIndicators: false,
  experimental: { optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@tabler/icons-react'] },
} satisfies NextConfig;
