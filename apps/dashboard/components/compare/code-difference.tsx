'use client';

import { Group, NativeSelect, Text } from '@mantine/core';
import { counted } from '@thaw/base/browser';
import { useState } from 'react';
import { getCodeDifference } from '../../api/operations/comparison.ts';
import { useApi } from '../../client/use-api.ts';
import { Fetched } from '../states/fetched.tsx';
import { ScrollRegion } from '../states/scroll-region.tsx';
import classes from './compare.module.css';

/** What changed in the code between the first of the runs and another. */
export function CodeDifference({ runs, names }: { runs: readonly string[]; names: readonly string[] }) {
  const [chosen, setChosen] = useState(runs[1]!);
  const to = runs.includes(chosen) ? chosen : runs[1]!;
  const result = useApi(getCodeDifference, { query: { from: runs[0]!, to } });
  return (
    <>
      {runs.length > 2 && (
        <NativeSelect
          size="xs"
          maw={420}
          mb="sm"
          label={`From ${names[0]} to`}
          value={to}
          onChange={({ currentTarget }) => setChosen(currentTarget.value)}
          data={runs.slice(1).map((run, i) => ({ value: run, label: names[i + 1]! }))}
        />
      )}
      <Fetched result={result} room="48px">
        {({ missing, files, diff, cut, from, to: other }) =>
          missing === null ? (
            <>
              <Text size="sm" mb="xs">
                {counted(files.length, 'file')} changed from {short(from)} to {short(other)}.
                {cut && ' Only the beginning is shown.'}
              </Text>
              <Group gap="md" mb="xs">
                {files.map(({ file, added, removed }) => (
                  <Text key={file} size="sm">
                    {file} {added === null ? 'binary' : `+${added} −${removed}`}
                  </Text>
                ))}
              </Group>
              <ScrollRegion label="Changes in the code" height={420}>
                <pre className={classes['diff']}>
                  {diff.split('\n').map((line, i) => (
                    <span key={i} data-kind={kindOf(line)}>
                      {line}
                      {'\n'}
                    </span>
                  ))}
                </pre>
              </ScrollRegion>
            </>
          ) : (
            <Text size="sm">Nothing to show: {missing}.</Text>
          )
        }
      </Fetched>
    </>
  );
}

function short(checkout: { commit: string; dirty: boolean } | null): string {
  if (checkout === null) return 'no commit';
  return checkout.commit.slice(0, 12) + (checkout.dirty ? ' (with changes that were not committed)' : '');
}

function kindOf(line: string): string | undefined {
  if (/^(diff |\+\+\+ |--- |@@ |index )/.test(line)) return 'head';
  if (line.startsWith('+')) return 'added';
  return line.startsWith('-') ? 'removed' : undefined;
}
