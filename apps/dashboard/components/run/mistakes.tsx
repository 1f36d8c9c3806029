'use client';

import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { listPredictions } from '../../api/operations/results.ts';
import { useApi } from '../../client/use-api.ts';
import { Fetched } from '../states/fetched.tsx';
import { sure } from './cell-images.tsx';
import { ImageGrid } from './image-grid.tsx';

type Part = 'test' | 'validation';

const shown = 12;

/** The wrong answers that the model was surest of; of a photograph only its surest, where photographs are known. */
export function Mistakes({ run, parts = ['test', 'validation'] }: { run: string; parts?: readonly Part[] }) {
  const [part, setPart] = useState<Part>(parts[0]!);
  const result = useApi(listPredictions, { params: { run }, query: { part, wrong: 'true', limit: 300 } });
  return (
    <>
      {parts.length > 1 && (
        <SegmentedControl
          size="xs"
          mb="sm"
          aria-label="Images"
          value={part}
          onChange={(value) => setPart(value as Part)}
          data={[...parts]}
        />
      )}
      <Fetched result={result}>
        {({ images }) => {
          const seen = new Set<string>();
          const surest = images.filter(({ group }) => group === null || seen.size < seen.add(group).size);
          if (surest.length === 0) return <p>None.</p>;
          return (
            <ImageGrid
              run={run}
              images={surest.slice(0, shown).map(({ file, label, predicted, probability }) => ({
                file,
                lines: [label, `taken for ${predicted}`, sure(probability)],
              }))}
            />
          );
        }}
      </Fetched>
    </>
  );
}
