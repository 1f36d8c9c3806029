'use client';

import { Modal } from '@mantine/core';
import { percent } from '@thaw/base/browser';
import { listPredictions } from '../../api/operations/results.ts';
import { useApi } from '../../client/use-api.ts';
import { Fetched } from '../states/fetched.tsx';
import { ImageGrid } from './image-grid.tsx';

/** Of a confusion matrix. */
export interface Cell {
  readonly part: 'validation' | 'test';
  readonly label: string;
  readonly predicted: string;
}

/** The images behind a cell of a confusion matrix, the surest first. */
export function CellImages({ run, cell, onClose }: { run: string; cell: Cell | null; onClose: () => void }) {
  const title = cell ? `${cell.label} predicted as ${cell.predicted}, ${cell.part} images` : '';
  return (
    <Modal
      opened={cell !== null}
      onClose={onClose}
      size="xl"
      title={title}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {cell && <Images run={run} cell={cell} />}
    </Modal>
  );
}

function Images({ run, cell }: { run: string; cell: Cell }) {
  const result = useApi(listPredictions, { params: { run }, query: { ...cell, limit: 60 } });
  return (
    <Fetched result={result}>
      {({ total, images }) => (
        <>
          <p>
            {total} images{total > images.length ? `, the ${images.length} surest of them` : ''}.
          </p>
          <ImageGrid
            run={run}
            images={images.map((image) => ({ file: image.file, lines: [sure(image.probability)] }))}
          />
        </>
      )}
    </Fetched>
  );
}

export function sure(probability: number | null): string {
  return probability === null ? '' : `${percent(probability)} sure`;
}
