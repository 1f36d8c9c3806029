'use client';

import { Checkbox, Group, NativeSelect, SegmentedControl, Stack, Text } from '@mantine/core';
import { percent } from '@thaw/base/browser';
import { useEffect, useMemo, useState } from 'react';
import type { LayoutName } from '../../api/operations/images.ts';
import type { SpriteSheets } from '../../client/sprite-sheets.ts';
import { useLayout, useMap, type Places } from '../../client/use-map.ts';
import type { OtherRun } from '../../shape/images/agreement.ts';
import { colorings, imageColors, type Coloring } from '../../shape/images/image-colors.ts';
import type { ImageTable } from '../../shape/images/image-table.ts';
import { JobButton } from '../jobs/job-button.tsx';
import { JobProblem } from '../jobs/job-problem.tsx';
import { JobProgress } from '../jobs/job-progress.tsx';
import { seriesColors, usePlotColors } from '../plots/colors.ts';
import { Fetched } from '../states/fetched.tsx';
import { Section } from '../states/section.tsx';
import { ImageMap } from './image-map.tsx';
import classes from './images.module.css';

interface Props {
  run: string;
  table: ImageTable;
  other: OtherRun | null;
  shown: Uint8Array;
  listed: Uint8Array;
  sheets: SpriteSheets | null;
  lines: Int32Array;
  onPlaces: (places: Places | null) => void;
  onSelect: (images: readonly number[] | null) => void;
  isSelected: boolean;
  onOpen: (image: number) => void;
}

const layoutWords: Record<LayoutName, string> = { pca: 'Principal components', umap: 'UMAP' };

/** The map of a run's images, or the button that has it drawn, or why there is none. */
export function MapSection(props: Props) {
  const { result, start, cancel } = useMap(props.run);
  return (
    <Section
      title="Map"
      note="Every point is an image. Those that the pretrained backbone finds alike lie near to one another."
    >
      <Fetched result={result}>
        {({ layouts, missing, job }) => {
          const isRunning = job?.state === 'running';
          return (
            <Stack gap="sm">
              {missing !== null && <Text role="status">There is no map: {missing}.</Text>}
              {isRunning && job.progress && <JobProgress {...job.progress} />}
              <JobProblem job={job} start={start} cancel={cancel} title="Not drawn" />
              {missing === null && !layouts.includes('umap') && (
                <Group>
                  <JobButton isRunning={isRunning} start={start} cancel={cancel}>
                    {layouts.length > 0 ? 'Draw it by UMAP, too' : 'Draw the map'}
                  </JobButton>
                  {!isRunning && layouts.length === 0 && (
                    <Text size="sm">
                      What the backbone makes of the images is kept from training, or computed now.
                    </Text>
                  )}
                </Group>
              )}
              {layouts.length > 0 && <Drawn {...props} layouts={layouts} />}
            </Stack>
          );
        }}
      </Fetched>
    </Section>
  );
}

function Drawn({ layouts, ...props }: Props & { layouts: readonly LayoutName[] }) {
  const { run, table, other, onPlaces } = props;
  const [chosen, setChosen] = useState<LayoutName | null>(null);
  const [coloring, setColoring] = useState<Coloring>(other ? 'agreement' : 'class');
  const [hasLines, setHasLines] = useState(true);
  const layout = chosen ?? layouts.at(-1)!;
  const { places: coming, result } = useLayout(run, table.list, layout);
  // The map stays, with all that was begun on it, while another layout is on its way.
  const [places, setPlaces] = useState(coming);
  if (coming !== null && coming !== places) setPlaces(coming);
  useEffect(() => onPlaces(places), [places, onPlaces]);
  const palette = usePlotColors();
  const colors = useMemo(
    () =>
      imageColors(table, coloring, other, {
        series: seriesColors,
        right: palette.validation,
        wrong: palette.test,
        muted: palette.muted,
      }),
    [table, coloring, other, palette],
  );
  const offered = (Object.keys(colorings) as Coloring[]).filter((name) => name !== 'agreement' || other);
  return (
    <div>
      <Group align="flex-end" gap="md" mb={6}>
        {layouts.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label="Layout"
            value={layout}
            onChange={(value) => setChosen(value as LayoutName)}
            data={layouts.map((value) => ({ value, label: layoutWords[value] }))}
          />
        )}
        <NativeSelect
          size="xs"
          label="Colour"
          value={coloring}
          onChange={(event) => setColoring(event.currentTarget.value as Coloring)}
          data={offered.map((value) => ({
            value,
            label: value === 'group' ? named(table.unit) : colorings[value],
          }))}
        />
        {props.lines.length > 0 && (
          <Checkbox
            size="sm"
            mb={6}
            label={`Lines between copies across parts (${props.lines.length / 2})`}
            checked={hasLines}
            onChange={(event) => setHasLines(event.currentTarget.checked)}
          />
        )}
      </Group>
      {result.isError && <Fetched result={result}>{() => null}</Fetched>}
      {places && (
        <ImageMap {...props} places={places} colors={colors} lines={hasLines ? props.lines : null} />
      )}
      <ul className={classes['legend']} aria-label="Colours">
        {colors.names.map((name, i) => (
          <li key={name}>
            <span style={{ background: `rgb(${colors.colors[i]!.join(' ')})` }} />
            {name}
          </li>
        ))}
        {colors.names.length === 0 && (
          <li>Each {coloring === 'group' ? table.unit : 'class'} has a colour of its own.</li>
        )}
      </ul>
      {places?.shares && (
        <Text size="xs" c="dimmed">
          Across: {percent(places.shares[0])} of all variance; upwards: {percent(places.shares[1])}.
        </Text>
      )}
    </div>
  );
}

function named(unit: string): string {
  return unit.charAt(0).toUpperCase() + unit.slice(1);
}
