'use client';

import { Button, Group, List, NativeSelect, Stack, Table, Text } from '@mantine/core';
import { duration, percent, percentInterval } from '@thaw/base/browser';
import { useState } from 'react';
import type { Advice } from '../../api/operations/advice.ts';
import { useAdvice } from '../../client/use-advice.ts';
import type { ExperimentCheck } from '../../client/use-experiment-check.ts';
import { JobButton } from '../jobs/job-button.tsx';
import { JobStatus } from '../jobs/job-status.tsx';
import { ScrollRegion } from '../states/scroll-region.tsx';
import { Folded } from './folded.tsx';

/** How long it may take; an empty one trains nothing. */
const budgets = [
  { value: '', label: 'a look at the features' },
  { value: '120', label: 'two minutes of short trials' },
  { value: '300', label: 'five minutes of short trials' },
  { value: '1200', label: 'twenty minutes of short trials' },
];

interface Props {
  yaml: string;
  /** Undefined until it was checked, null where there are mistakes. */
  experiment: ExperimentCheck['experiment'] | undefined;
  /** Puts a scenario into the file. */
  use: (scenario: string) => void;
}

/** Which scenario suits the images of an experiment. */
export function AdviseScenario({ yaml, experiment, use }: Props) {
  return (
    <Folded title="Which scenario suits the images?">
      {typeof experiment?.folder === 'string' ? (
        <Asked yaml={yaml} folder={experiment.folder} use={use} />
      ) : (
        <Text size="sm">
          {experiment
            ? 'Advice is about a folder of images, and this file names none (dataset.path).'
            : 'It can be asked once the mistakes of the file are mended.'}
        </Text>
      )}
    </Folded>
  );
}

/** Asks, shows how far that is and what came out of it. */
function Asked({ yaml, folder, use }: Pick<Props, 'yaml' | 'use'> & { folder: string }) {
  const { result, start, cancel } = useAdvice(folder, yaml);
  const [budget, setBudget] = useState('');
  const { job, advice } = result.data ?? { job: null, advice: null };
  const isRunning = job?.state === 'running';
  return (
    <Stack gap="sm" align="flex-start" maw={720}>
      <Text size="sm">
        By what the pretrained features tell of the training images in {folder}, and by short trials of each
        scenario where there is time for them. The test set stays closed.
      </Text>
      <Group align="flex-end" gap="sm">
        <NativeSelect
          label="By"
          disabled={isRunning}
          value={budget}
          onChange={({ currentTarget }) => setBudget(currentTarget.value)}
          data={budgets}
        />
        <JobButton
          isRunning={isRunning}
          start={{
            isPending: start.isPending,
            mutate: () => start.mutate(budget === '' ? undefined : Number(budget)),
          }}
          cancel={cancel}
        >
          Advise
        </JobButton>
      </Group>
      <JobStatus job={job} result={result} start={start} cancel={cancel} title="No advice" />
      {advice && <Advised advice={advice} use={use} />}
    </Stack>
  );
}

function Advised({ advice, use }: { advice: Advice; use: Props['use'] }) {
  const { scenario, evidence, reasons, doubts, trials, seconds, features } = advice;
  const width = features.alpha === null ? '' : ` of alpha ${features.alpha}`;
  return (
    <>
      <Group gap="sm" role="status">
        <Text>
          Advice: <b>{scenario}</b> ({evidence} evidence)
        </Text>
        <Button size="compact-sm" variant="default" onClick={() => use(scenario)}>
          Use it
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {features.backbone}
        {width}, weights {features.weights}, {features.image_size} pixels; {duration(seconds)}
      </Text>
      {trials && trials.scenarios.length > 0 && <Trials scenarios={trials.scenarios} folds={trials.folds} />}
      <Sentences title="Why" sentences={reasons} />
      <Sentences title="What is uncertain" sentences={doubts} />
    </>
  );
}

function Trials({ scenarios, folds }: Pick<NonNullable<Advice['trials']>, 'scenarios' | 'folds'>) {
  return (
    <ScrollRegion label="What short trials say">
      <Table>
        <Table.Thead>
          <Table.Tr>
            {['scenario', 'folds', 'accuracy', '95 %'].map((name) => (
              <Table.Th key={name}>{name}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {scenarios.map((each) => (
            <Table.Tr key={each.scenario}>
              <Table.Td>{each.scenario}</Table.Td>
              <Table.Td>
                {each.folds} of {folds}
              </Table.Td>
              <Table.Td>{percent(each.accuracy)}</Table.Td>
              <Table.Td>{percentInterval(each.ci95)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollRegion>
  );
}

function Sentences({ title, sentences }: { title: string; sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <div>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <List size="sm" spacing={4}>
        {sentences.map((sentence) => (
          <List.Item key={sentence}>{sentence}</List.Item>
        ))}
      </List>
    </div>
  );
}
