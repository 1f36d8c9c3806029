import { Badge, Group, Stack, Text } from '@mantine/core';
import type { Attention } from '../../api/operations/overview.ts';
import { subjectPath } from '../../shape/subject-path.ts';
import { TextLink } from '../shell/text-link.tsx';
import { ScrollRegion } from '../states/scroll-region.tsx';

const words: Readonly<Record<Attention['kind'], readonly [word: string, color: string]>> = {
  damaged: ['damaged', 'red'],
  data: ['data changed', 'orange'],
  leak: ['leak', 'orange'],
  failed: ['failed', 'red'],
  interrupted: ['interrupted', 'orange'],
};

/** What somebody should look at, a line each. */
export function AttentionList({ attention }: { attention: readonly Attention[] }) {
  return (
    <ScrollRegion label="Needs attention" height={320}>
      <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {attention.map(({ kind, of, text }) => (
          <li key={`${kind} ${of?.id} ${text}`}>
            <Group gap="xs" mb={2}>
              <Badge variant="dot" color={words[kind][1]} tt="none" miw="max-content">
                {words[kind][0]}
              </Badge>
              {of && (
                <Text size="sm">
                  <TextLink href={subjectPath(of)}>{of.name}</TextLink>
                </Text>
              )}
            </Group>
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {text}
            </Text>
          </li>
        ))}
      </Stack>
    </ScrollRegion>
  );
}
