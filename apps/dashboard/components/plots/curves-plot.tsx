'use client';

import { metricWords } from '@thaw/base/browser';
import { Checkbox, Group, NativeSelect, SegmentedControl, Slider, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { curveKinds, curves, firstKind } from '@thaw/analysis/browser';
import { useMemo, useState } from 'react';
import { useChoice } from '../../client/use-choice.ts';
import { formatValue, isShare } from '../../shape/format-value.ts';
import { figureAxis } from '../../shape/plots/figure-axis.ts';
import { withFolds, type NamedEpochs } from '../../shape/plots/fold-curves.ts';
import { joinCurves } from '../../shape/plots/join-curves.ts';
import { seriesColors } from './colors.ts';
import { Plot } from './plot.tsx';

/** So many runs fill no screen with their names. */
const mostInLegend = 10;

const mostSmoothing = 0.99;

/** That of an address, which may say anything. */
function smoothingOf(text: string | null): number {
  const value = Number(text);
  return value > 0 && value <= mostSmoothing ? value : 0;
}

/** With more epochs not each has a tick. */
const mostTicks = 12;

function epochsOf(runs: readonly NamedEpochs[]): number {
  return Math.max(0, ...runs.map(({ epochs }) => epochs.at(-1)?.epoch ?? 0));
}

/** More kinds of curves do not fit beside one another, on a wide page and on a narrow one. */
const [mostInRow, mostInNarrowRow] = [7, 3];

function CurveChoice({
  kinds,
  kind,
  choose,
}: {
  kinds: readonly string[];
  kind: string;
  choose: (kind: string) => void;
}) {
  const isWide = useMediaQuery('(min-width: 48em)', true);
  const data = kinds.map((name) => ({ value: name, label: metricWords(name) }));
  const props = { size: 'xs', 'aria-label': 'Curve', value: kind, data };
  if (kinds.length > (isWide ? mostInRow : mostInNarrowRow))
    return <NativeSelect {...props} onChange={(event) => choose(event.currentTarget.value)} />;
  return <SegmentedControl {...props} onChange={choose} />;
}

/** A metric over epochs of one run or several: training dashed, validation drawn through. */
export function CurvesPlot({ runs: all }: { runs: readonly NamedEpochs[] }) {
  const runs = useMemo(() => withFolds(all), [all]);
  const kinds = useMemo(() => curveKinds(all.flatMap(({ epochs }) => epochs)), [all]);
  const [chosen, setChosen] = useChoice('curve');
  const kind = kinds.find((each) => each === chosen) ?? firstKind(all.flatMap(({ epochs }) => epochs));
  const [chosenSmoothing, setChosenSmoothing] = useChoice('smoothing');
  const [smoothing, setSmoothing] = useState(() => smoothingOf(chosenSmoothing));
  const [chosenLog, setLog] = useChoice('log');
  const log = chosenLog !== null;
  const { data, layout, table } = useMemo(() => {
    const drawn = runs.flatMap(({ name, epochs }, i) =>
      curves(epochs, { kind, smoothing, log }).map((curve) => ({
        name,
        color: seriesColors[i % seriesColors.length]!,
        curve,
      })),
    );
    const named = runs.length <= mostInLegend;
    return {
      data: (named ? drawn.flatMap((each) => joinCurves([each])) : joinCurves(drawn)).map(
        ({ color, part, x, y, names }) => ({
          type: 'scatter' as const,
          mode: x.length < 3 ? ('lines+markers' as const) : ('lines' as const),
          name: runs.length > 1 ? `${names[0]}, ${part}` : part,
          x: [...x],
          y: [...y],
          text: names.map((name) => (runs.length > 1 ? `${name}, ${part}` : part)),
          line: { color, dash: part === 'training' ? ('dash' as const) : ('solid' as const), width: 2 },
          hovertemplate: `epoch %{x}: %{y:${isShare(kind) ? '.1%' : '.4~g'}}<extra>%{text}</extra>`,
        }),
      ),
      layout: {
        xaxis: {
          title: { text: 'epoch' },
          tickformat: 'd',
          ...(epochsOf(runs) <= mostTicks && { dtick: 1 }),
        },
        showlegend: named,
        yaxis: {
          title: { text: metricWords(kind) },
          type: log ? ('log' as const) : ('linear' as const),
          ...figureAxis(kind),
        },
      },
      table: {
        head: ['run', 'part', 'epoch', metricWords(kind)],
        rows: () =>
          drawn.flatMap(({ name, curve }) =>
            curve.raw.map((value, i) => [
              name,
              curve.part,
              String(curve.epochs[i]),
              formatValue(kind, value),
            ]),
          ),
      },
    };
  }, [runs, kind, smoothing, log]);
  if (runs.every(({ epochs }) => epochs.length === 0)) return <Text size="sm">No epoch is known.</Text>;
  return (
    <>
      <Group mb="xs" gap="lg">
        <CurveChoice kinds={kinds} kind={kind} choose={setChosen} />
        <Checkbox
          size="xs"
          label="Log axis"
          checked={log}
          onChange={(event) => setLog(event.currentTarget.checked ? 'true' : null)}
        />
        <Group gap="xs">
          <Text size="sm">Smoothing</Text>
          <Slider
            w={140}
            size="sm"
            min={0}
            max={mostSmoothing}
            step={0.01}
            value={smoothing}
            onChange={setSmoothing}
            onChangeEnd={(value) => setChosenSmoothing(value === 0 ? null : String(value))}
            thumbLabel="Smoothing"
          />
        </Group>
      </Group>
      <Plot label={`${metricWords(kind)} over epochs`} data={data} layout={layout} table={table} />
    </>
  );
}
