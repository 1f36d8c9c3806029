'use client';

import { SimpleGrid } from '@mantine/core';
import { counted, duration, gigabytes } from '@thaw/base/browser';
import { useMemo } from 'react';
import type * as z from 'zod';
import { listUsage } from '../../api/operations/epochs.ts';
import type { Run } from '../../api/operations/runs.ts';
import { useApi } from '../../client/use-api.ts';
import { usePlotColors } from '../plots/colors.ts';
import { Plot } from '../plots/plot.tsx';
import { Fetched } from '../states/fetched.tsx';
import { Section } from '../states/section.tsx';

const height = 220;
const everyMs = 5000;

type Samples = z.infer<(typeof listUsage)['answer']>['samples'];

/** What a run took of the machine over its time; nothing of one that was not watched. */
export function Usage({ run }: { run: Run }) {
  const options = { refetchInterval: run.state === 'running' && everyMs };
  const result = useApi(listUsage, { params: { run: run.id } }, options);
  return (
    <Fetched result={result} room="300px">
      {({ samples }) => samples.length > 0 && <Drawn samples={samples} machine={machineOf(run)} />}
    </Fetched>
  );
}

/** What the machine has, in words; null where that is not known. */
function machineOf({ provenance }: Run): string | null {
  const [cores, memory] = [provenance?.['cores'], provenance?.['memory_bytes']];
  if (typeof cores !== 'number' || typeof memory !== 'number') return null;
  return `The machine has ${counted(cores, 'processor')} and ${gigabytes(memory)} of memory.`;
}

function Drawn({ samples, machine }: { samples: Samples; machine: string | null }) {
  const [busy, held] = useMemo(
    () =>
      [
        samples.map(({ seconds, cores }) => [seconds, cores] as const),
        samples.map(({ seconds, memory_bytes }) => [seconds, memory_bytes / 1e9] as const),
      ] as const,
    [samples],
  );
  return (
    <Section title="Processor and memory" note={machine}>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Line label="Processors that were busy with it" unit="processors" samples={busy} />
        <Line label="Memory that its process held" unit="GB" samples={held} />
      </SimpleGrid>
    </Section>
  );
}

interface LineProps {
  label: string;
  unit: string;
  /** Seconds and values. */
  samples: readonly (readonly [number, number])[];
}

function Line({ label, unit, samples }: LineProps) {
  const colors = usePlotColors();
  const { data, layout, table } = useMemo(() => {
    const [seconds, values] = [samples.map(([at]) => at), samples.map(([, value]) => value)];
    return {
      data: [
        {
          type: 'scatter' as const,
          mode: samples.length < 3 ? ('lines+markers' as const) : ('lines' as const),
          x: seconds,
          y: values,
          line: { color: colors.validation, width: 2 },
          hovertemplate: `%{x:.0f} s: %{y:.2f} ${unit}<extra></extra>`,
        },
      ],
      layout: {
        xaxis: { title: { text: 'seconds' }, rangemode: 'tozero' as const },
        yaxis: { title: { text: unit }, rangemode: 'tozero' as const },
      },
      table: {
        head: ['time', unit],
        rows: () => samples.map(([at, value]) => [duration(at), value.toFixed(2)]),
      },
    };
  }, [samples, unit, colors]);
  return <Plot label={label} height={height} data={data} layout={layout} table={table} />;
}
