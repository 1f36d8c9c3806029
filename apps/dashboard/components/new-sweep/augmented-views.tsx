'use client';

import { Stack, Text } from '@mantine/core';
import { getViewsSheet } from '../../api/operations/views.ts';
import { apiUrl } from '../../client/fetch-api.ts';
import type { ExperimentCheck } from '../../client/use-experiment-check.ts';
import { useViews } from '../../client/use-views.ts';
import { AugmentationSheet } from '../images/augmentation-sheet.tsx';
import { JobButton } from '../jobs/job-button.tsx';
import { JobStatus } from '../jobs/job-status.tsx';
import { Folded } from './folded.tsx';

interface Props {
  yaml: string;
  /** Undefined until it was checked, null where there are mistakes. */
  experiment: ExperimentCheck['experiment'] | undefined;
}

/** What the augmentation of an experiment makes of its images, before anything trains. */
export function AugmentedViews({ yaml, experiment }: Props) {
  return (
    <Folded title="What does augmentation do to the images?">
      {experiment && !experiment.program ? (
        <Drawn yaml={yaml} />
      ) : (
        <Text size="sm">
          {experiment
            ? 'Only the program of this file knows its images.'
            : 'They can be drawn once the mistakes of the file are mended.'}
        </Text>
      )}
    </Folded>
  );
}

/** Draws them, shows how far that is and what came out of it. */
function Drawn({ yaml }: Pick<Props, 'yaml'>) {
  const { result, start, cancel, isOfAnotherText } = useViews(yaml);
  const { images, sheet, job } = result.data ?? { images: '', sheet: null, job: null };
  const isRunning = job?.state === 'running';
  return (
    <Stack gap="sm" align="flex-start">
      <Text size="sm" maw={720}>
        Twelve training images, each as it is and as the first six epochs would show it, of the first trial
        that augments them. The images are found and checked as at the start of a sweep.
      </Text>
      <JobButton isRunning={isRunning} start={start} cancel={cancel}>
        Draw them
      </JobButton>
      <JobStatus job={job} result={result} start={start} cancel={cancel} title="Not drawn" />
      {sheet !== null && (
        <>
          {isOfAnotherText && (
            <Text size="sm" role="status">
              The text has changed since they were drawn.
            </Text>
          )}
          <AugmentationSheet src={apiUrl(getViewsSheet, {}, { images, of: sheet })} />
        </>
      )}
    </Stack>
  );
}
