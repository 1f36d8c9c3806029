'use client';

import { Select } from '@mantine/core';
import { useState } from 'react';
import type { Results } from '../../api/operations/results.ts';
import { ConfusionMatrices } from '../run/confusion-matrices.tsx';

interface Props {
  runs: readonly { readonly id: string; readonly name: string; readonly results: Results }[];
}

/** The confusion matrices of one run at a time, so that a choice shows what changes. */
export function ComparedConfusion({ runs }: Props) {
  const withMatrices = runs.filter(({ results }) => results.confusion);
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = withMatrices.find(({ id }) => id === chosen) ?? withMatrices[0]!;
  return (
    <>
      <Select
        size="xs"
        maw={320}
        mb="sm"
        label="Run"
        allowDeselect={false}
        value={shown.id}
        onChange={setChosen}
        data={withMatrices.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <ConfusionMatrices results={shown.results} run={shown.id} />
    </>
  );
}
