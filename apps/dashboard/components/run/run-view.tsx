'use client';

import { duration } from '@thaw/base/browser';
import { isComplete } from '@thaw/experiment';
import { Alert, Group, SimpleGrid, Text } from '@mantine/core';
import { nameInSweepId, namedRun, runName } from '@thaw/tracking';
import type { Run } from '../../api/operations/runs.ts';
import { ApiError } from '../../client/fetch-api.ts';
import { useEpochs } from '../../client/use-epochs.ts';
import { useRun } from '../../client/use-run.ts';
import { shortText } from '../../shape/plots/plot-run.ts';
import { CurvesPlot } from '../plots/curves-plot.tsx';
import { Trail } from '../names/trail.tsx';
import { Fetched } from '../states/fetched.tsx';
import { PageTitle } from '../states/page-title.tsx';
import { Section } from '../states/section.tsx';
import { WhenSeen } from '../states/when-seen.tsx';
import { StateBadge } from '../states/state-badge.tsx';
import { Augmentation } from './augmentation.tsx';
import { DeletedRun } from './deleted-run.tsx';
import { Files } from './files.tsx';
import { PairsTable } from './pairs-table.tsx';
import { RunActions } from './run-actions.tsx';
import { RunResults } from './run-results.tsx';
import { Usage } from './usage.tsx';

/** Everything about one run. */
export function RunView({ run: id, initial }: { run: string; initial?: Run | undefined }) {
  const result = useRun(id, { initial });
  const run = result.data;
  return (
    <>
      <RunHead id={id} run={run} />
      {wasDeleted(result.error) ? (
        <DeletedRun run={id} />
      ) : (
        <Fetched result={result} missing="There is no such run" room="100vh">
          {(found) => <Details run={found} />}
        </Fetched>
      )}
    </>
  );
}

/** As high as curves with what chooses among them. */
const aPlot = '410px';

/** Before its record has come, the page knows of a run what its address says. */
function RunHead({ id, run }: { id: string; run: Run | undefined }) {
  const name = run ? runName(namedRun(run)) : id;
  const sweep = run?.sweep ?? null;
  const above =
    sweep === null
      ? [{ href: '/runs', label: 'Runs' }]
      : [
          { href: '/sweeps', label: 'Sweeps' },
          { href: `/sweeps/${encodeURIComponent(sweep)}`, label: nameInSweepId(sweep) },
        ];
  return (
    <>
      <Trail pages={above} here={name} />
      <PageTitle id={id}>{name}</PageTitle>
    </>
  );
}

function wasDeleted(error: Error | null): boolean {
  return error instanceof ApiError && error.status === 410;
}

function Details({ run }: { run: Run }) {
  return (
    <>
      <Group mb="md" gap="sm">
        <StateBadge state={run.state} />
        {run.seconds !== null && <Text size="sm">{duration(run.seconds)}</Text>}
        {run.logged && (
          <Text size="sm">
            {run.logged.name} of {run.logged.experiment}
          </Text>
        )}
        {Object.entries(run.parameters).map(([name, value]) => (
          <Text key={name} size="sm">
            {name}={shortText(value)}
          </Text>
        ))}
      </Group>
      <RunActions run={run} name={runName(namedRun(run))} />
      {run.error && (
        <Alert color="red" title="Why it failed" mb="md">
          {run.error}
        </Alert>
      )}
      {isComplete(run.state) && <RunResults run={run} />}
      <Section title="Curves">
        <Curves run={run} />
      </Section>
      {isComplete(run.state) && hasAugmentation(run) && <Augmentation run={run.id} />}
      {run.settings && (
        <SimpleGrid cols={{ base: 1, lg: 2 }} verticalSpacing={0}>
          <Section title="Settings">
            <PairsTable label="Settings" value={run.settings} />
          </Section>
          <Section title="Environment">
            <PairsTable label="Environment" value={run.provenance ?? {}} />
          </Section>
        </SimpleGrid>
      )}
      {run.provenance && (
        <WhenSeen room="300px">
          <Usage run={run} />
        </WhenSeen>
      )}
      <Files run={run.id} running={run.state === 'running'} />
    </>
  );
}

function hasAugmentation({ settings }: Run): boolean {
  return Boolean((settings as { augmentation?: unknown } | null)?.augmentation);
}

function Curves({ run }: { run: Run }) {
  const result = useEpochs(run.id, run.state === 'running');
  return (
    <Fetched result={result} room={aPlot}>
      {({ epochs }) => <CurvesPlot runs={[{ name: run.id, epochs }]} />}
    </Fetched>
  );
}
