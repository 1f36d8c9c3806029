'use client';

import { Group, Text } from '@mantine/core';
import { namedRun, runNames } from '@thaw/tracking';
import { useMemo } from 'react';
import { mostCompared, mostInDetail } from '../../api/operations/comparison.ts';
import { getComparisonReport } from '../../api/operations/reports.ts';
import { apiUrl } from '../../client/fetch-api.ts';
import { useComparedRuns, type ComparedRun } from '../../client/use-compared-runs.ts';
import { ComparedGapsPlot } from '../plots/compared-gaps-plot.tsx';
import { CurvesPlot } from '../plots/curves-plot.tsx';
import { TextLink } from '../shell/text-link.tsx';
import { Fetched } from '../states/fetched.tsx';
import { Notice } from '../states/notice.tsx';
import { PageTitle } from '../states/page-title.tsx';
import { ReportButton } from '../states/report-button.tsx';
import { Section } from '../states/section.tsx';
import { CodeDifference } from './code-difference.tsx';
import { ComparedConfusion } from './compared-confusion.tsx';
import { ComparedImages } from './compared-images.tsx';
import { ComparedTable } from './compared-table.tsx';
import { SettingsTable } from './settings-table.tsx';
import { Significance } from './significance.tsx';

/** Two runs or more beside each other. */
export function CompareView({ runs }: { runs: readonly string[] }) {
  const chosen = useMemo(() => [...new Set(runs)], [runs]);
  const fits = chosen.length >= 2 && chosen.length <= mostCompared;
  return (
    <>
      <PageTitle>Compare</PageTitle>
      {fits ? (
        <Comparison ids={chosen} />
      ) : (
        <Notice title={chosen.length < 2 ? 'Choose two runs or more' : `Choose ${mostCompared} runs at most`}>
          Select them among all <TextLink href="/runs">runs</TextLink> or in a{' '}
          <TextLink href="/sweeps">sweep</TextLink>, then choose “Compare”. Of up to {mostInDetail} runs every
          class, confusion matrix and difference is shown.
        </Notice>
      )}
    </>
  );
}

function Comparison({ ids }: { ids: readonly string[] }) {
  const result = useComparedRuns(ids);
  return (
    <Fetched result={result}>
      {({ runs, problems }) => (
        <>
          {problems.length > 0 && (
            <Notice title="Not all of these runs can be read">{problems.join('; ')}</Notice>
          )}
          {problems.length === 0 && runs.length === 1 && (
            <Notice title="This is one run under several names">
              Choose another among all <TextLink href="/runs">runs</TextLink> to compare it with.
            </Notice>
          )}
          <Sections runs={runs} />
        </>
      )}
    </Fetched>
  );
}

function Sections({ runs }: { runs: readonly ComparedRun[] }) {
  const { names, curves, withResults } = useMemo(() => {
    const unique = runNames(runs.map(({ run }) => namedRun(run)));
    return {
      names: unique,
      curves: runs.map(({ epochs }, i) => ({ name: unique[i]!, epochs })),
      withResults: runs.flatMap(({ run, results }, i) =>
        results ? [{ id: run.id, name: unique[i]!, color: i, results }] : [],
      ),
    };
  }, [runs]);
  const inDetail = runs.length <= mostInDetail;
  return (
    <>
      {inDetail && runs.length >= 2 && (
        <Group mb="md">
          <ReportButton
            href={apiUrl(getComparisonReport, {}, { run: runs.map(({ run }) => run.id) })}
            choices={['curve', 'log', 'smoothing']}
          />
        </Group>
      )}
      <Section title="Runs">
        <ComparedTable runs={runs.map(({ run }) => run)} names={names} />
      </Section>
      {inDetail && runs.length >= 2 && (
        <Section title="Images">
          <ComparedImages runs={runs.map(({ run }) => run.id)} names={names} />
        </Section>
      )}
      <Section title="Settings" note="Those that differ are marked and stand first.">
        <SettingsTable runs={runs.map(({ run }) => run)} names={names} />
      </Section>
      <Section title="Curves">
        <CurvesPlot runs={curves} />
      </Section>
      {withResults.length > 0 && (
        <Section title="The gap per class">
          <ComparedGapsPlot runs={withResults} />
        </Section>
      )}
      {inDetail && runs.length >= 2 && (
        <Section title="Is the difference real?">
          <Significance runs={runs.map(({ run }) => run.id)} names={names} />
        </Section>
      )}
      {withResults.some(({ results }) => results.confusion) && (
        <Section title="Confusion matrices">
          <ComparedConfusion runs={withResults} />
        </Section>
      )}
      {inDetail && runs.length >= 2 && (
        <Section title="Code" note="What changed between the commits that the runs come from.">
          <CodeDifference runs={runs.map(({ run }) => run.id)} names={names} />
        </Section>
      )}
      {!inDetail && (
        <Text size="sm">
          Classes, confusion matrices and whether differences are real: for {mostInDetail} runs at most.
        </Text>
      )}
    </>
  );
}
