'use client';

import { Code, Text } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import type { Model } from '../../api/operations/models.ts';
import { Section } from '../states/section.tsx';
import { Aliases } from './aliases.tsx';
import { VersionsTable } from './versions-table.tsx';

/** One model: its versions side by side, its aliases and how to call it. */
export function ModelPanel({ model }: { model: Model }) {
  return (
    <Section title={model.name}>
      <VersionsTable model={model} />
      <Aliases model={model} />
      <HowToCall model={model.name} />
    </Section>
  );
}

function HowToCall({ model }: { model: string }) {
  // The server does not know by which name it was asked for.
  const origin = useMounted() ? window.location.origin : '';
  return (
    <Text size="sm" mt="md" style={{ overflowWrap: 'anywhere' }}>
      To call it: <Code>{`curl -F image=@cell.jpeg ${origin}/api/v1/models/${model}/predict`}</Code>
    </Text>
  );
}
