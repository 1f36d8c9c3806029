'use client';

import { Space } from '@mantine/core';
import { groupingSentence } from '@thaw/analysis/browser';
import { getResults } from '../../api/operations/results.ts';
import { useApi } from '../../client/use-api.ts';
import { ClassGapPlot } from '../plots/class-gap-plot.tsx';
import { ReliabilityPlot } from '../plots/reliability-plot.tsx';
import { Fetched } from '../states/fetched.tsx';
import { Notice } from '../states/notice.tsx';
import { Section } from '../states/section.tsx';
import { ConfusionMatrices } from './confusion-matrices.tsx';
import { Explanation } from './explanation.tsx';
import { GapTiles } from './gap-tiles.tsx';
import { Leaks } from './leaks.tsx';
import { MetricsTable } from './metrics-table.tsx';
import { Mistakes } from './mistakes.tsx';
import { ReportTable } from './report-table.tsx';
import { Sealed } from './sealed.tsx';

/** Validation against test of a finished run: the gap, per class, and what is behind it. */
export function RunResults({ run }: { run: string }) {
  return (
    <Fetched result={useApi(getResults, { params: { run } })}>
      {({ results, missing, validation }) =>
        validation !== null ? (
          <Sealed run={run} validation={validation} />
        ) : results === null ? (
          <Notice title="There are no reports">{missing}</Notice>
        ) : (
          <>
            <Leaks results={results} />
            <GapTiles results={results} />
            <Section
              title="The gap per class"
              note={`${groupingSentence(results.grouping)} Above the bars: validation minus test, in points.`}
            >
              {results.grouping.origin === 'unknown' && results.confusion && (
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
                <Explanation run={run} />
                <Section title="Most confident mistakes">
                  <Mistakes run={run} />
                </Section>
                <Section title="Reliability" note="How often the model is right when it is so sure.">
                  <ReliabilityPlot calibration={results.calibration} />
                </Section>
              </>
            ) : (
              <Notice title="This run was imported as figures">
                It has no predictions for single images, and confusion matrices, calibration, mistakes and
                what the gap is made of need them.
              </Notice>
            )}
          </>
        )
      }
    </Fetched>
  );
}
