import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { exists, filesIn, readIfThere, UserError } from '@thaw/base';
import { latestOfSteps, type Point } from '../mlflow/runs/journal.ts';
import { epochOf } from './epoch-of.ts';
import { mlflowState } from './mlflow-state.ts';
import { outcomeTimes } from './outcome-times.ts';
import { plainValue } from './plain-value.ts';
import { someResults, type Results } from './results.ts';

/** Folders of `mlruns` and of an experiment that hold no runs. */
const others = ['.trash', 'models', 'traces', 'datasets', 'tags'];

/** Whether a folder is MLflow's `mlruns`, one of its experiments or one of its runs. */
export async function isMlruns(folder: string, depth = 2): Promise<boolean> {
  if (await exists(join(folder, 'meta.yaml'))) return true;
  if (depth === 0) return false;
  for (const name of await foldersIn(folder)) if (await isMlruns(join(folder, name), depth - 1)) return true;
  return false;
}

/** The runs of MLflow's folder layout that were not deleted there: parameters, the history of each metric, names and times. */
export async function readMlruns(folder: string, experiment: string | null = null): Promise<Results[]> {
  const meta = (await exists(join(folder, 'meta.yaml'))) ? await metaOf(folder) : null;
  if (meta?.['lifecycle_stage'] === 'deleted') return [];
  if (meta && ('run_id' in meta || 'run_uuid' in meta)) return [await runOf(folder, meta, experiment)];
  const name = meta ? String(meta['name'] ?? '') || null : experiment;
  const runs: Results[] = [];
  for (const each of await foldersIn(folder)) {
    const inside = join(folder, each);
    // An experiment may have lost its own meta.yaml, and a run has folders without.
    if (await isMlruns(inside, 1)) runs.push(...(await readMlruns(inside, name)));
  }
  return runs;
}

async function runOf(
  folder: string,
  meta: Record<string, unknown>,
  experiment: string | null,
): Promise<Results> {
  const params = await textsIn(join(folder, 'params'));
  const tags = await textsIn(join(folder, 'tags'));
  const path = join(folder, 'meta.yaml');
  const [start, end] = (['start_time', 'end_time'] as const).map((key) => {
    return { ms: timeOf(meta[key]), found: String(meta[key]), where: `${path}: ${key}` };
  });
  const { epochs, latest } = await metricsOf(join(folder, 'metrics'));
  return someResults({
    name: String(meta['run_name'] ?? '') || tags.get('mlflow.runName') || null,
    program: 'MLflow',
    parameters: Object.fromEntries([...params].map(([key, text]) => [key, plainValue(text)])),
    epochs,
    figures: latest,
    experiment,
    outcome: {
      ...mlflowState(String(meta['status']), `${path}: status`),
      ...outcomeTimes(start!, end!),
    },
  });
}

/**
 * A file for each metric, whose name may have folders, and in it a line `ms value step` for each value. Of several values at one step the
 * latest counts, as of the whole run.
 */
async function metricsOf(folder: string) {
  const steps = new Map<number, Record<string, number>>();
  const latest: Record<string, number> = {};
  for (const key of await filesBelow(folder)) {
    const path = join(folder, key);
    const points: Point[] = [];
    for (const [i, line] of (await readFile(path, 'utf8')).split('\n').entries())
      if (line.trim() !== '') points.push({ key, ...readLine(line, `${path}, line ${i + 1}`) });
    for (const { step, value } of latestOfSteps(points)) {
      const figures = steps.get(step) ?? {};
      steps.set(step, figures);
      figures[key] = value;
      latest[key] = value;
    }
  }
  const sorted = [...steps].sort(([a], [b]) => a - b);
  return { epochs: sorted.map(([step, figures]) => epochOf(step, figures)), latest };
}

const words: Readonly<Record<string, number>> = { nan: Number.NaN, inf: Infinity, '-inf': -Infinity };

function readLine(line: string, where: string): Omit<Point, 'key'> {
  const [time = '', value = '', step = '0', ...more] = line.trim().split(/\s+/);
  const read = words[value.toLowerCase()] ?? Number(value || 'x');
  const isNumber = Number.isNaN(read) && value.toLowerCase() !== 'nan';
  if (isNumber || more.length > 2 || !/^\d+$/.test(time) || !/^-?\d+$/.test(step))
    throw new UserError(`${where}: found ${JSON.stringify(line)}; allowed: a time in ms, a value and a step`);
  return { timestamp: Number(time), value: read, step: Number(step) };
}

async function metaOf(folder: string): Promise<Record<string, unknown>> {
  const path = join(folder, 'meta.yaml');
  let meta: unknown;
  try {
    // Ids of experiments are numbers of any length.
    meta = parse((await readFile(path, 'utf8')) || 'null', { intAsBigInt: true });
  } catch (error) {
    throw new UserError(`${path}: not YAML: ${(error as Error).message.split('\n')[0]}`);
  }
  if (typeof meta === 'object' && meta !== null && !Array.isArray(meta))
    return meta as Record<string, unknown>;
  throw new UserError(
    `${path}: found ${meta === null ? 'nothing' : 'no keys'}; allowed: what MLflow writes of a run or an experiment`,
  );
}

async function textsIn(folder: string): Promise<Map<string, string>> {
  const names = await filesBelow(folder);
  return new Map(
    await Promise.all(
      names.map(async (name) => [name, (await readIfThere(join(folder, name))) ?? ''] as const),
    ),
  );
}

/** None where there is no such folder, as of a run without parameters. */
async function filesBelow(folder: string): Promise<string[]> {
  return (await exists(folder)) ? filesIn(folder) : [];
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && !others.includes(entry.name))
    .map(({ name }) => name)
    .sort();
}

function timeOf(value: unknown): number | null {
  return value === null || value === undefined || value === '' ? null : Number(value);
}
