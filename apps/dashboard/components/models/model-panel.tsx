'use client';

import { Badge, Button, Code, Group, List, Paper, Table, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { listModels, moveAlias, type Model, type ModelVersion } from '../../api/operations/models.ts';
import { fetchApi } from '../../client/fetch-api.ts';
import { formatFraction, formatSigned } from '../../shape/format.ts';
import { TextLink } from '../shell/text-link.tsx';
import { CardButton } from './card-button.tsx';

const champion = 'champion';

/** One model: its versions with figures, origin and aliases, and what moves the aliases. */
export function ModelPanel({ model }: { model: Model }) {
  const queries = useQueryClient();
  const move = async (version: number | null) => {
    try {
      const moved = await fetchApi(moveAlias, {
        params: { model: model.name },
        body: { alias: champion, version },
      });
      notifications.show({ message: `${model.name}@${moved.alias} points at version ${moved.version}` });
    } catch (error) {
      notifications.show({ color: 'red', title: 'Not moved', message: (error as Error).message });
    }
    await queries.invalidateQueries({ queryKey: [listModels.id] });
  };
  const newest = model.versions[0];
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4">
          {model.name}
        </Title>
        <Button size="xs" variant="default" onClick={() => void move(null)}>
          Roll {champion} back
        </Button>
      </Group>
      <Table.ScrollContainer minWidth={700} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table striped>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Version</Table.Th>
              <Table.Th>Aliases</Table.Th>
              <Table.Th>Run</Table.Th>
              <Table.Th ta="right">Val accuracy</Table.Th>
              <Table.Th ta="right">Test accuracy</Table.Th>
              <Table.Th ta="right">Gap</Table.Th>
              <Table.Th />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {model.versions.map((version) => (
              <VersionRow key={version.version} model={model.name} version={version} onChoose={move} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {newest && <Notes version={newest} />}
      <Text size="sm" c="dimmed" mt="sm">
        To call it:{' '}
        <Code>curl -F image=@cell.jpeg http://127.0.0.1:3000/api/v1/models/{model.name}/predict</Code>
      </Text>
    </Paper>
  );
}

function VersionRow({
  model,
  version: { version, aliases, run, summary },
  onChoose,
}: {
  model: string;
  version: ModelVersion;
  onChoose: (version: number) => Promise<void>;
}) {
  return (
    <Table.Tr>
      <Table.Td>
        <TextLink href={`/try?model=${encodeURIComponent(`${model}:${version}`)}`}>{version}</TextLink>
      </Table.Td>
      <Table.Td>
        <Group gap="xs">
          {aliases.map((alias) => (
            <Badge key={alias} variant="light">
              {alias}
            </Badge>
          ))}
        </Group>
      </Table.Td>
      <Table.Td>
        <TextLink href={`/runs/${encodeURIComponent(run)}`}>{run}</TextLink>
      </Table.Td>
      <Table.Td ta="right">{formatFraction(summary.val_accuracy)}</Table.Td>
      <Table.Td ta="right">{formatFraction(summary.test_accuracy)}</Table.Td>
      <Table.Td ta="right">{formatSigned(summary.gap)}</Table.Td>
      <Table.Td>
        <Group gap="xs" justify="end">
          <CardButton model={`${model}:${version}`} />
          {!aliases.includes(champion) && (
            <Button size="compact-xs" variant="default" onClick={() => void onChoose(version)}>
              Make it the {champion}
            </Button>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

/** What to know of the newest version before relying on it. */
function Notes({ version: { version, notes } }: { version: ModelVersion }) {
  return (
    <>
      <Text size="sm" fw={600} mt="sm">
        About version {version}
      </Text>
      <List size="sm">
        {notes.map((note) => (
          <List.Item key={note}>{note}</List.Item>
        ))}
      </List>
    </>
  );
}
