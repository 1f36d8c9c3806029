'use client';

import { SimpleGrid, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { SweepSummary } from '../../api/operations/sweeps.ts';
import { useTrials } from '../../client/use-trials.ts';
import { figureOf, type FigureName, type PlotRun } from '../../shape/plots/plot-run.ts';
import { slicedParameters } from '../../shape/plots/slices.ts';
import { ContourPlot } from '../plots/contour-plot.tsx';
import { GapScatterPlot } from '../plots/gap-scatter-plot.tsx';
import { HistoryPlot } from '../plots/history-plot.tsx';
import { ImportancePlot } from '../plots/importance-plot.tsx';
import { ParallelPlot } from '../plots/parallel/parallel-plot.tsx';
import { SlicePlot } from '../plots/slice-plot.tsx';
import { Fetched } from '../states/fetched.tsx';
import { Section } from '../states/section.tsx';
import { WhenSeen } from '../states/when-seen.tsx';

/** The runs of a sweep in pictures. */
export function SweepPlots({ sweep }: { sweep: SweepSummary }) {
  const result = useTrials(sweep.id, sweep.state === 'running');
  return (
    <Fetched result={result} room="100vh">
      {({ trials }) => <Plots sweep={sweep} runs={trials} />}
    </Fetched>
  );
}

function Plots({
  sweep,
  runs,
}: {
  sweep: SweepSummary;
  runs: React.ComponentProps<typeof GapScatterPlot>['runs'];
}) {
  const { name, goal } = sweep.metric;
  const figure = useMemo(() => figureNamed(name, runs), [name, runs]);
  const varied = useMemo(() => slicedParameters(runs, figure).length, [runs, figure]);
  const isTested = runs.some(
    (run) => figureOf(run, 'val_accuracy') !== null && figureOf(run, 'test_accuracy') !== null,
  );
  if (runs.length === 0) return null;
  if (runs.every((run) => figureOf(run, figure) === null)) {
    return (
      <Text size="sm" mb="md">
        No trial has {figure} yet; plots come with the first.
      </Text>
    );
  }
  return (
    <>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md" verticalSpacing={0}>
        {isTested && (
          <Section
            title="Validation against test"
            note="On the dashed line there is no gap. Choose a point to open its run."
          >
            <WhenSeen room="440px">
              <GapScatterPlot runs={runs} />
            </WhenSeen>
          </Section>
        )}
        <Section title="History">
          <WhenSeen room="400px">
            <HistoryPlot runs={runs} figure={figure} goal={goal} />
          </WhenSeen>
        </Section>
        <Section title="Parameter importance">
          <WhenSeen room="300px">
            <ImportancePlot sweep={sweep.id} running={sweep.state === 'running'} />
          </WhenSeen>
        </Section>
        <Section title="Slices">
          <WhenSeen room="440px">
            <SlicePlot runs={runs} figure={figure} />
          </WhenSeen>
        </Section>
      </SimpleGrid>
      {varied >= 2 && (
        <Section
          title="Two parameters"
          note="Points are trials. Between them the colour is their mean, the nearer the heavier (Shepard 1968)."
        >
          <WhenSeen room="460px">
            <ContourPlot runs={runs} figure={figure} />
          </WhenSeen>
        </Section>
      )}
      <Section
        title="Parallel coordinates"
        note="Drag along an axis, or move its ends with the arrow keys, to keep the lines that pass there. Runs without a parameter pass at “not set”."
      >
        <WhenSeen room="410px">
          <ParallelPlot runs={runs} figure={figure} />
        </WhenSeen>
      </Section>
    </>
  );
}

/**
 * What a summary holds of a sweep's metric; `loss` and `accuracy` of a run that Thaw has trained are those on training images, and a
 * program's metrics have the names that it gave them.
 */
function figureNamed(metric: string, runs: readonly PlotRun[]): FigureName {
  const own = metric as FigureName;
  if (runs.some(({ summary }) => summary?.[own] !== undefined)) return own;
  return (metric === 'loss' || metric === 'accuracy' ? `train_${metric}` : metric) as FigureName;
}
