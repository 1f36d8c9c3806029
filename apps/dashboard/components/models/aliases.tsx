'use client';

import { Button, Group, List, Select, Spoiler, Table, Text, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Model } from '../../api/operations/models.ts';
import { useReadOnly } from '../../client/read-only.ts';
import { useModelActions, type ModelActions } from '../../client/use-model-actions.ts';

/** Where a model's aliases point, how they are moved, and where they pointed before. */
export function Aliases({ model }: { model: Model }) {
  const actions = useModelActions(model.name);
  const isReadOnly = useReadOnly();
  const aliases = model.versions.flatMap(({ aliases, version }) =>
    aliases.map((alias) => ({ alias, version })),
  );
  return (
    <>
      <Title order={3} size="h5" mt="md">
        Aliases
      </Title>
      {aliases.length > 0 && (
        <Table.ScrollContainer
          minWidth={480}
          scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': `Aliases of ${model.name}` } }}
        >
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Alias</Table.Th>
                <Table.Th>Points at</Table.Th>
                {!isReadOnly && <Table.Th>Change</Table.Th>}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {aliases.map(({ alias, version }) => (
                <AliasRow
                  key={alias}
                  model={model}
                  alias={alias}
                  version={version}
                  actions={isReadOnly ? null : actions}
                />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {!isReadOnly && <NewAlias model={model} actions={actions} />}
      <History model={model} />
    </>
  );
}

function AliasRow({
  model,
  alias,
  version,
  actions,
}: {
  model: Model;
  alias: string;
  version: number;
  /** Null where it is only shown. */
  actions: ModelActions | null;
}) {
  if (actions === null) {
    return (
      <Table.Tr>
        <Table.Td>{alias}</Table.Td>
        <Table.Td>{version}</Table.Td>
      </Table.Tr>
    );
  }
  return (
    <Table.Tr>
      <Table.Td>{alias}</Table.Td>
      <Table.Td>
        <Select
          aria-label={`Version of ${model.name}@${alias}`}
          data={versionsOf(model)}
          value={String(version)}
          allowDeselect={false}
          size="xs"
          w={110}
          onChange={(chosen) => void actions.move(alias, Number(chosen))}
        />
      </Table.Td>
      <Table.Td>
        <Group gap="xs" wrap="nowrap">
          <Button size="compact-xs" variant="default" onClick={() => void actions.rollBack(alias)}>
            Roll {alias} back
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => void actions.remove(alias)}>
            Remove {alias}
          </Button>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

function NewAlias({ model, actions }: { model: Model; actions: ModelActions }) {
  const [alias, setAlias] = useState('');
  const [version, setVersion] = useState(String(model.versions[0]?.version ?? ''));
  const set = (event: FormEvent) => {
    event.preventDefault();
    void actions.move(alias.trim(), Number(version)).then((moved) => moved && setAlias(''));
  };
  return (
    <form onSubmit={set}>
      <Group align="end" gap="xs" mt="xs">
        <TextInput
          label="New alias"
          placeholder="such as champion"
          size="xs"
          required
          value={alias}
          onChange={(event) => setAlias(event.currentTarget.value)}
        />
        <Select
          label="Version"
          size="xs"
          w={110}
          data={versionsOf(model)}
          value={version}
          allowDeselect={false}
          onChange={(chosen) => setVersion(chosen!)}
        />
        <Button type="submit" size="xs" variant="default">
          Set alias
        </Button>
      </Group>
    </form>
  );
}

/** Every move, the newest first. */
function History({ model: { moves } }: { model: Model }) {
  if (moves.length === 0) return null;
  return (
    <>
      <Text size="sm" mt="md">
        History
      </Text>
      <Spoiler maxHeight={80} showLabel="Show all moves" hideLabel="Show fewer">
        <List size="sm">
          {[...moves].reverse().map(({ alias, version, at }, i) => (
            <List.Item key={moves.length - i}>
              {at.slice(0, 16).replace('T', ' ')} UTC: {alias}{' '}
              {version === null ? 'taken away' : `points at version ${version}`}
            </List.Item>
          ))}
        </List>
      </Spoiler>
    </>
  );
}

function versionsOf({ versions }: Model) {
  return versions.map(({ version }) => ({ value: String(version), label: `version ${version}` }));
}
