import { percent, percentInterval, points, UserError } from '@thaw/base';
import { namedRun, runNames, type RunStore } from '@thaw/tracking';
import { comparisonSentences } from '../compare/comparison-sentences.ts';
import { compareRuns } from '../compare/compare-runs.ts';
import { escapeMarkup } from '../gap/figures/escape-markup.ts';
import { htmlPage } from '../gap/page/html-page.ts';
import { table } from '../gap/page/markup.ts';
import type { GroupsOfRunOptions } from '../groups/groups-of-run.ts';
import { runResults } from '../results/run-results.ts';
import { drawCurves, type ChosenCurves } from './figures/draw-curves.ts';
import { settingRows } from './setting-rows.ts';
import { inGrid, pageHead, paragraphs, section } from './sections.ts';

type ReadStore = Pick<RunStore, 'run' | 'metrics' | 'predictions' | 'groups'>;

/**
 * Two runs or more beside each other as one HTML file that needs no other: figures, whether differences are real, settings that
 * differ, curves, classes. `queries` are ids, beginnings of them or `latest`; a UserError for fewer than two different runs.
 */
export async function comparisonReport(
  store: ReadStore,
  queries: readonly string[],
  options: GroupsOfRunOptions,
  chosen: ChosenCurves = {},
): Promise<string> {
  const found = await Promise.all(queries.map((query) => store.run(query)));
  const runs = [...new Map(found.map((run) => [run.id, run])).values()];
  if (runs.length < 2) throw new UserError('a comparison needs two different runs or more');
  const names = runNames(runs.map(namedRun));
  const nameOf = (id: string) => names[runs.findIndex((run) => run.id === id)] ?? id;
  const document = await compareRuns(
    store,
    runs.map(({ id }) => id),
    { ...options, strict: false },
  );
  const figures = runs.map(({ summary }, i) => [
    `${names[i]}\n${runs[i]!.id}`,
    percent(finite(summary?.val_accuracy)),
    percent(finite(summary?.test_accuracy)),
    points(finite(summary?.gap)),
  ]);
  const curves = await Promise.all(
    runs.map(async ({ id }, i) => ({ name: names[i]!, epochs: await store.metrics(id) })),
  );
  const title = `${names.length} runs compared`;
  return htmlPage(escapeMarkup(title), [
    pageHead(
      title,
      runs.map(({ id }, i) => `${names[i]}: ${id}`),
    ),
    section('Runs', table(['run', 'validation', 'test', 'gap (points)'], figures)),
    section(
      'Is the difference real?',
      paragraphs(comparisonSentences(document.comparisons, nameOf)),
      paragraphs(document.notes),
    ),
    section('Settings that differ', differing(runs.map(settingRows), names)),
    section('Curves', inGrid(await drawCurves(curves, 'of each run', chosen))),
    section('Class by class', await classTable(store, runs, names, options)),
  ]);
}

function finite(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value;
}

function differing(all: readonly string[][][], names: readonly string[]): string {
  const maps = all.map((rows) => new Map(rows as [string, string][]));
  const paths = [...new Set(maps.flatMap((map) => [...map.keys()]))];
  const rows = paths
    .map((path) => [path, ...maps.map((map) => map.get(path) ?? 'not set')])
    .filter(([, ...values]) => new Set(values).size > 1);
  return rows.length === 0 ? paragraphs(['No setting differs.']) : table(['setting', ...names], rows);
}

async function classTable(
  store: ReadStore,
  runs: readonly Awaited<ReturnType<RunStore['run']>>[],
  names: readonly string[],
  options: GroupsOfRunOptions,
): Promise<string> {
  const rows = await Promise.all(
    runs.map(async (run, i) => {
      const results = await runResults(store, run, options).catch((error: unknown) => {
        if (error instanceof UserError) return null;
        throw error;
      });
      return (results?.per_class ?? []).map(({ class: name, validation, test, gap }) => [
        `${name}\n${names[i]}`,
        `${percent(validation.recall)}\n${percentInterval(validation.recall_ci95)}`,
        `${percent(test.recall)}\n${percentInterval(test.recall_ci95)}`,
        points(gap.recall),
      ]);
    }),
  );
  const all = rows.flat();
  return all.length === 0 ? '' : table(['recall', 'validation', 'test', 'gap (points)'], all);
}
