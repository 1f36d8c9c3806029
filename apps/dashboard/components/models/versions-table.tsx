import { fixed, percent, points } from '@thaw/base/browser';
import { Badge, Group, Table } from '@mantine/core';
import { runName } from '@thaw/tracking';
import type { Model, ModelVersion } from '../../api/operations/models.ts';
import { namedVersion } from '../../shape/named-version.ts';
import { shortText } from '../../shape/plots/plot-run.ts';
import { NameLink } from '../names/name-link.tsx';
import { TextLink } from '../shell/text-link.tsx';
import { versionPath } from './version-path.ts';

const figures = [
  ['Val accuracy', ({ summary }: ModelVersion) => percent(summary.val_accuracy)],
  ['Test accuracy', ({ summary }: ModelVersion) => percent(summary.test_accuracy)],
  ['Gap', ({ summary }: ModelVersion) => points(summary.gap)],
  ['Val loss', ({ summary }: ModelVersion) => fixed(summary.val_loss, 4)],
  ['Test loss', ({ summary }: ModelVersion) => fixed(summary.test_loss, 4)],
] as const;

/** The versions of a model, the newest first: figures side by side, aliases, and where each came from. */
export function VersionsTable({ model }: { model: Model }) {
  const runs = [...new Set(model.versions.map(({ run }) => run))];
  return (
    <>
      <Table.ScrollContainer
        minWidth={760}
        scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': `Versions of ${model.name}` } }}
      >
        <Table striped>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Version</Table.Th>
              <Table.Th>Aliases</Table.Th>
              {figures.map(([name]) => (
                <Table.Th key={name} ta="right">
                  {name}
                </Table.Th>
              ))}
              <Table.Th>Trained as</Table.Th>
              <Table.Th>Run</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {model.versions.map((version) => (
              <VersionRow key={version.version} model={model.name} version={version} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {runs.length > 1 && (
        <TextLink href={`/compare?${runs.map((run) => `run=${encodeURIComponent(run)}`).join('&')}`}>
          Compare their runs class by class
        </TextLink>
      )}
    </>
  );
}

function VersionRow({ model, version }: { model: string; version: ModelVersion }) {
  const { aliases, run, parameters, scenario } = version;
  const trained = Object.entries(parameters).map(([name, value]) => `${name}=${shortText(value)}`);
  return (
    <Table.Tr>
      <Table.Td>
        <TextLink href={versionPath(model, version.version)}>
          {model}:{version.version}
        </TextLink>
      </Table.Td>
      <Table.Td>
        <Group gap="xs">
          {aliases.map((alias) => (
            <Badge key={alias} variant="default" tt="none" miw="max-content">
              {alias}
            </Badge>
          ))}
        </Group>
      </Table.Td>
      {figures.map(([name, show]) => (
        <Table.Td key={name} ta="right">
          {show(version)}
        </Table.Td>
      ))}
      <Table.Td>{trained.join(', ') || scenario}</Table.Td>
      <Table.Td>
        <NameLink href={`/runs/${encodeURIComponent(run)}`} name={runName(namedVersion(version))} id={run} />
      </Table.Td>
    </Table.Tr>
  );
}
