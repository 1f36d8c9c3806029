'use client';

import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { getResults, type RunResultsAnswer } from '../../api/operations/results.ts';
import type { SweepSummary } from '../../api/operations/sweeps.ts';
import { useApi } from '../../client/use-api.ts';
import { forecastPoints, forecastText } from '../../shape/plots/forecast-points.ts';
import { ForecastPlot } from '../plots/forecast-plot.tsx';
import { Section } from '../states/section.tsx';

type ForecastOf = NonNullable<SweepSummary['test']['forecast_of']>;

/** What was forecast of a sweep's chosen run, beside what came of it; `sentences` say the same, where they stand nowhere else. */
export function Forecast({ of, sentences = [] }: { of: ForecastOf; sentences?: readonly string[] }) {
  const { data } = useApi(getResults, { params: { run: of.run } });
  return (
    <Section
      title="Forecast, validation and test"
      note={`The forecast is made from training images alone, corrected for the choice among trials${of.before_looks ? ', before anybody looks at a test image for this sweep' : ''}.`}
    >
      {sentences.map((sentence) => (
        <Text key={sentence} size="sm" mb="xs">
          {sentence}
        </Text>
      ))}
      {data && <Points of={of} answer={data} />}
    </Section>
  );
}

function Points({ of, answer }: { of: ForecastOf; answer: RunResultsAnswer }) {
  const points = useMemo(() => forecastPoints(of, answer), [of, answer]);
  return (
    <>
      <Text size="sm" mb="xs">
        {forecastText(points)}
      </Text>
      <ForecastPlot points={points} />
    </>
  );
}
