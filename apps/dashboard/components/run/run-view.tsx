'use client';

import { Alert, Group, SimpleGrid, Text } from '@mantine/core';
import { listEpochs } from '../../api/operations/results.ts';
import { getRun, type Run } from '../../api/operations/runs.ts';
import { useApi } from '../../client/use-api.ts';
import { formatSeconds } from '../../shape/format.ts';
import { valueText } from '../../shape/plots/plot-run.ts';
import { PromoteButton } from '../models/promote-button.tsx';
import { CurvesPlot } from '../plots/curves-plot.tsx';
import { TextLink } from '../shell/text-link.tsx';
import { Fetched } from '../states/fetched.tsx';
import { PageTitle } from '../states/page-title.tsx';
import { Section } from '../states/section.tsx';
import { StateBadge } from '../states/state-badge.tsx';
import { Files } from './files.tsx';
import { PairsTable } from './pairs-table.tsx';
import { RunResults } from './run-results.tsx';

/** Everything about one run. */
export function RunView({ run: id }: { run: string }) {
  const result = useApi(getRun, { params: { run: id } });
  return (
    <>
      <PageTitle>{id}</PageTitle>
      <Fetched result={result}>{(run) => <Details run={run} />}</Fetched>
    </>
  );
}

function Details({ run }: { run: Run }) {
  return (
    <>
      <Group mb="md" gap="sm">
        <StateBadge state={run.state} />
        {run.seconds !== null && <Text size="sm">{formatSeconds(run.seconds)}</Text>}
        {run.sweep && (
          <Text size="sm">
            trial {run.number} of <TextLink href={`/sweeps/${run.sweep}`}>{run.sweep}</TextLink>
          </Text>
        )}
        {Object.entries(run.parameters).map(([name, value]) => (
          <Text key={name} size="sm">
            {name}={valueText(value)}
          </Text>
        ))}
      </Group>
      {run.state === 'finished' && run.provenance && (
        <Group mb="md">
          <PromoteButton source={{ run: run.id }} />
        </Group>
      )}
      {run.error && (
        <Alert color="red" title="Why it failed" mb="md">
          {run.error}
        </Alert>
      )}
      {run.state === 'finished' && <RunResults run={run.id} />}
      <Section title="Curves">
        <Curves run={run} />
      </Section>
      {run.settings && (
        <SimpleGrid cols={{ base: 1, lg: 2 }}>
          <Section title="Settings">
            <PairsTable label="Settings" value={run.settings} />
          </Section>
          <Section title="Environment">
            <PairsTable label="Environment" value={run.provenance ?? {}} />
          </Section>
        </SimpleGrid>
      )}
      <Files run={run.id} />
    </>
  );
}

function Curves({ run }: { run: Run }) {
  const result = useApi(
    listEpochs,
    { params: { run: run.id } },
    run.state === 'running' ? { refetchInterval: 2000 } : {},
  );
  return (
    <Fetched result={result}>{({ epochs }) => <CurvesPlot runs={[{ name: run.id, epochs }]} />}</Fetched>
  );
}
