'use client';

import { Code, Stack, Text } from '@mantine/core';
import { useDeferredValue, useMemo } from 'react';
import { listSweeps, type SweepSummary } from '../../api/operations/sweeps.ts';
import { useApi } from '../../client/use-api.ts';
import { useRunRows } from '../../client/use-run-rows.ts';
import { useSelection } from '../../client/use-selection.ts';
import { useView } from '../../client/use-view.ts';
import { arrangeRows } from '../../shape/arrange-rows.ts';
import { bestMarks } from '../../shape/best-marks.ts';
import { usualColumns } from '../../shape/columns.ts';
import { DamagedRecords } from '../states/damaged-records.tsx';
import { Fetched } from '../states/fetched.tsx';
import { Notice } from '../states/notice.tsx';
import { Waiting } from '../states/waiting.tsx';
import { RunGrid } from './run-grid.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { TableToolbar } from './table-toolbar.tsx';
import type { RunRow } from '@thaw/tracking';

/** The runs of a sweep, or all, as the page's address says. */
export function RunsTable({ sweep }: { sweep: SweepSummary | null }) {
  const result = useRunRows();
  const every = useApi(listSweeps, {}, { enabled: sweep === null, refetchInterval: 5000 });
  const sweeps = useMemo(() => (sweep === null ? every.data?.sweeps : [sweep]) ?? [], [sweep, every.data]);
  // Which columns come first is for the sweeps to say.
  if (sweep === null && every.isPending) return <Waiting room="100vh" />;
  return (
    <Fetched result={result} room="100vh">
      {({ rows, damaged }) => (
        <>
          <DamagedRecords damaged={damaged} />
          <ChosenRuns rows={rows} sweep={sweep?.id ?? null} sweeps={sweeps} />
        </>
      )}
    </Fetched>
  );
}

interface Props {
  rows: readonly RunRow[];
  sweep: string | null;
  sweeps: readonly SweepSummary[];
}

function ChosenRuns({ rows, sweep, sweeps }: Props) {
  const [view, change] = useView();
  const [selected, setSelected] = useSelection();
  const own = useMemo(
    () => (sweep === null ? rows : rows.filter((row) => row['sweep'] === sweep)),
    [rows, sweep],
  );
  // Typing stays ahead of what it chooses.
  const shownView = useDeferredValue(view);
  const { lines, runs, mistake } = useMemo(() => arrangeRows(own, shownView), [own, shownView]);
  const swept = [...new Set(sweeps.flatMap((each) => each.swept))].join(',');
  const columns = useMemo(
    () => view.columns ?? usualColumns(own, swept === '' ? [] : swept.split(',')),
    [own, view.columns, swept],
  );
  const marks = useMemo(() => bestMarks(sweeps, own), [sweeps, own]);
  if (own.length === 0) return <NoRuns />;
  const chosen = runs.filter(({ id }) => selected.has(id));
  return (
    <Stack gap="xs">
      <TableToolbar view={view} change={change} rows={own} shown={runs} columns={columns} mistake={mistake} />
      <SelectionBar chosen={chosen} sweep={sweep} clear={() => setSelected(new Set())} />
      <Text size="sm" c="dimmed" aria-live="polite">
        {runs.length.toLocaleString('en')} of {own.length.toLocaleString('en')} runs
      </Text>
      <RunGrid
        lines={lines}
        columns={columns}
        view={view}
        change={change}
        selected={selected}
        setSelected={setSelected}
        marks={marks}
      />
    </Stack>
  );
}

function NoRuns() {
  return (
    <Notice title="There are no runs yet">
      A sweep makes them: <Code>npx nx run sweep --config experiments/unfreeze.yaml</Code>
    </Notice>
  );
}
