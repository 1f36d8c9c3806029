'use client';

import { Space, Text } from '@mantine/core';
import { groupingSentence } from '@thaw/analysis/browser';
import { getResults, type RunResultsAnswer } from '../../api/operations/results.ts';
import type { Run } from '../../api/operations/runs.ts';
import { getSweep } from '../../api/operations/sweeps.ts';
import { useApi } from '../../client/use-api.ts';
import { Forecast } from '../forecast/forecast.tsx';
import { ClassGapPlot } from '../plots/class-gap-plot.tsx';
import { ReliabilityPlot } from '../plots/reliability-plot.tsx';
import { TextLink } from '../shell/text-link.tsx';
import { Fetched } from '../states/fetched.tsx';
import { Notice } from '../states/notice.tsx';
import { Waiting } from '../states/waiting.tsx';
import { Section } from '../states/section.tsx';
import { ConfusionMatrices } from './confusion-matrices.tsx';
import { Explanation } from './explanation.tsx';
import { FiguresAlone } from './figures-alone.tsx';
import { GapTiles } from './gap-tiles.tsx';
import { Leaks } from './leaks.tsx';
import { MetricsTable } from './metrics-table.tsx';
import { Mistakes } from './mistakes.tsx';
import { ReportTable } from './report-table.tsx';
import { Sealed } from './sealed.tsx';

/** What is below stays out of sight until it is known how far below it is. */
const aPage = '100vh';

/** Validation against test of a run that has come to results: what of it may be believed, the gap, per class, and what is behind it. */
export function RunResults({ run: { id: run, sweep, state } }: { run: Pick<Run, 'id' | 'sweep' | 'state'> }) {
  const result = useApi(getResults, { params: { run } });
  const ofSweep = useApi(getSweep, { params: { sweep: sweep ?? '' } }, { enabled: sweep !== null });
  const { forecast, forecast_of: of } = ofSweep.data?.test ?? {};
  // Nothing is to come in above what somebody reads already.
  if (sweep !== null && ofSweep.isPending) return <Waiting room={aPage} />;
  return (
    <Fetched result={result} room={aPage}>
      {(answer) => {
        const known = answer.validation ?? answer.results;
        const hasPredictions = (known?.metrics.length ?? 0) > 0;
        return (
          <>
            {known && <Leaks results={known} />}
            {of?.run === run && <Forecast of={of} sentences={forecast} />}
            {hasPredictions && (
              <Text size="sm" mb="md">
                <TextLink href={`/runs/${encodeURIComponent(run)}/images`}>
                  Its images, on a map and one by one
                </TextLink>
              </Text>
            )}
            <Results run={run} answer={answer} isFinished={state === 'finished'} />
          </>
        );
      }}
    </Fetched>
  );
}

interface ResultsProps {
  readonly run: string;
  readonly answer: RunResultsAnswer;
  /** What the gap of one that was stopped early is made of, nobody measures. */
  readonly isFinished: boolean;
}

function Results({ run, answer, isFinished }: ResultsProps) {
  const { results, missing, validation } = answer;
  if (validation !== null) return <Sealed run={run} validation={validation} />;
  if (results === null) return <Notice title="There are no reports">{missing}</Notice>;
  return (
    <>
      <GapTiles results={results} />
      <Section
        title="The gap per class"
        note={`${groupingSentence(results.grouping)} Above the bars: validation minus test, in points.`}
      >
        {results.grouping.origin === 'unknown' && results.confusion && isFinished && (
          <p>Once the gap is measured, below, they go by the photographs that are found.</p>
        )}
        <ClassGapPlot results={results} />
        <Space h="md" />
        <ReportTable results={results} />
      </Section>
      {results.metrics.length > 0 && (
        <Section
          title="Metrics"
          note="Gaps are validation minus test; a loss is in nats, all others in per cent."
        >
          <MetricsTable metrics={results.metrics} />
        </Section>
      )}
      {results.confusion && results.calibration ? (
        <>
          <Section title="Confusion matrices">
            <ConfusionMatrices results={results} run={run} />
          </Section>
          {isFinished && <Explanation run={run} />}
          <Section title="Most confident mistakes">
            <Mistakes run={run} />
          </Section>
          <Section title="Reliability" note="How often the model is right when it is so sure.">
            <ReliabilityPlot calibration={results.calibration} />
          </Section>
        </>
      ) : (
        <FiguresAlone />
      )}
    </>
  );
}
