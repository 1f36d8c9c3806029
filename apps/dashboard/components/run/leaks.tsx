'use client';

import { Alert } from '@mantine/core';
import { flatterySentences } from '@thaw/analysis/browser';
import type { Results, ValidationResults } from '../../api/operations/results.ts';

/** What of a run's figures is flattered by copies, before the figures themselves; nothing where nothing is. */
export function Leaks({ results }: { results: Results | ValidationResults }) {
  const sentences = flatterySentences(results);
  if (sentences.length === 0) return null;
  return (
    <Alert color="orange" mb="md" title="Copies flatter these figures">
      {sentences.map((sentence) => (
        <div key={sentence}>{sentence}</div>
      ))}
    </Alert>
  );
}
