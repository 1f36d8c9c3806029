import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { compareRunsOperation, describeRuns } from '../api/operations/comparison.ts';
import { listEpochs, listUsage } from '../api/operations/epochs.ts';
import { getSweep } from '../api/operations/sweeps.ts';
import { refresh } from '../client/use-fresh.ts';

it('all that was fetched of a run and its sweep is asked for again, and nothing of others', () => {
  const queries = new QueryClient();
  const keys = [
    [listUsage.id, { run: 'r' }, {}],
    [listEpochs.id, { run: 'r' }],
    [getSweep.id, { sweep: 's' }, {}],
    [compareRunsOperation.id, {}, { run: ['other', 'r'] }],
    [listUsage.id, { run: 'other' }, {}],
    ['listRuns'],
    [describeRuns.id, 'r', 'other'],
  ];
  for (const key of keys) queries.setQueryData(key, {});
  refresh(queries, { run: ['r', 'another'], sweep: 's' });
  expect(keys.map((key) => queries.getQueryState(key)!.isInvalidated)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});
