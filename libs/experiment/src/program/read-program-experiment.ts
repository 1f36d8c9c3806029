import { basename, extname } from 'node:path';
import { checkEarlyTermination } from '../checks/check-early-termination.ts';
import { checkForm } from '../checks/check-settings.ts';
import type { Program, ProgramExperiment, SearchMetric } from '../experiment.ts';
import { withoutUnused } from '../experiment-file.ts';
import type { LoadOptions } from '../load-options.ts';
import { mistakesError, type Mistake } from '../messages/mistake.ts';
import { missing } from '../messages/path-problems.ts';
import { dotted, type Problem } from '../messages/problem.ts';
import { goals, metricGoals, type MetricName } from '../metrics.ts';
import { parametersOf, readFreeParameters } from '../parameters/read-parameters.ts';
import { goalNotes } from '../space/unread-settings.ts';
import { setOverrides } from '../yaml/set-overrides.ts';
import { deepest, toPlain, type TreeMap } from '../yaml/tree.ts';
import { commandProblem, macroOf, withVariables } from './macros.ts';
import { programFileSchema, trainingSections } from './program-file.ts';

/** A file that was parsed, with the mistakes in its YAML. */
export interface ParsedFile {
  readonly root: TreeMap;
  readonly mistakes: Mistake[];
  readonly text: string;
  readonly file: string;
}

/** Whether the trials of an experiment file run a program of the user's own. */
export function isProgramFile({ entries }: TreeMap): boolean {
  return entries.has('program') || entries.has('command');
}

/**
 * Reads an experiment file whose trials run a program: W&B's keys, parameters of any names, nested or not. Throws one UserError
 * that lists every mistake at its line.
 */
export function readProgramExperiment(
  { root, mistakes, text, file }: ParsedFile,
  { set = [], directory = process.cwd() }: LoadOptions,
): ProgramExperiment {
  mistakes.push(...setOverrides(root, set), ...sectionMistakes(root));
  const isOfSearch = (key: string) => key !== 'parameters' && !trainingSections.some((each) => each === key);
  const entries = new Map([...root.entries].filter(([key]) => isOfSearch(key)));
  const { used, notes } = withoutUnused(toPlain({ ...root, entries }));
  const form = checkForm(programFileSchema, used);
  const { name, description, method, run_cap } = form.value;
  const read = readFreeParameters(root.entries.get('parameters'), method);
  mistakes.push(...read.mistakes);
  const parameters = parametersOf(read.varied);

  const command = form.value.command.map(String);
  const program = form.value.program ?? null;
  const early = checkEarlyTermination(form.value.early_terminate, { settings: null, parameters, run_cap });
  const metric = form.failed.has('metric') ? [] : metricProblems(form.value.metric);
  const problems: Problem[] = [
    ...form.problems,
    ...(form.failed.has('command') ? [] : commandProblems(command)),
    ...(form.failed.has('program') ? [] : programProblems(program, command, directory)),
    ...metric,
    ...early.problems.map((each) => ({ ...each, path: ['early_terminate', ...each.path] })),
  ];
  mistakes.push(...problems.map((each) => ({ ...each, origin: deepest(root, each.path).origin })));
  if (mistakes.length > 0) throw mistakesError(mistakes);

  const searched = searchMetric(form.value.metric!);
  return {
    file,
    name: name ?? basename(file, extname(file)),
    description: description ?? null,
    method,
    metric: searched,
    parameters,
    run_cap: run_cap ?? null,
    early_terminate: early.rule,
    program: {
      file: program,
      command: command.map((item) => withVariables(item, process.env)),
      paths: Object.fromEntries(read.varied.map(({ path }) => [dotted(path), path])),
    } satisfies Program,
    notes: [
      ...notes,
      ...read.notes,
      ...early.notes,
      ...(usualGoal(searched.name) === null ? [] : goalNotes(searched)),
      ...testNotes(searched.name),
    ],
    text,
    set: [...set],
  };
}

/** One mistake, at the first of the sections that belong to what Thaw trains. */
function sectionMistakes({ entries }: TreeMap): Mistake[] {
  const found = trainingSections.filter((key) => entries.has(key));
  const [first] = found;
  if (first === undefined) return [];
  const message = `found ${found.join(', ')} beside a program of your own, which they say nothing to; allowed: parameters, which become its arguments`;
  return [{ path: [first], message, origin: entries.get(first)!.origin }];
}

function commandProblems(command: readonly string[]): Problem[] {
  return command.flatMap((item, index) => {
    const message = commandProblem(item, process.env);
    return message === null ? [] : [{ path: ['command', index], message }];
  });
}

function programProblems(program: string | null, command: readonly string[], directory: string): Problem[] {
  const isUsed = command.some((item) => macroOf(item) === 'program');
  if (!isUsed) return [];
  if (program === null) {
    return [
      { path: ['command'], message: 'found ${program}, but no program; allowed: beside program: FILE' },
    ];
  }
  const message = missing(program, 'file', 'the program that each trial starts', directory);
  return message === null ? [] : [{ path: ['program'], message }];
}

function metricProblems(metric: { name: string; goal?: string } | undefined): Problem[] {
  const words = goals.join(' or ');
  if (metric === undefined) {
    const allowed = `metric: {name: NAME, goal: ${words}}, a value that the program reports`;
    return [{ path: ['metric'], message: `found nothing; allowed: ${allowed}` }];
  }
  if (metric.goal !== undefined || usualGoal(metric.name) !== null) return [];
  return [{ path: ['metric', 'goal'], message: `found nothing; allowed: ${words}` }];
}

function searchMetric({ name, goal, target = null }: Partial<SearchMetric> & { name: string }): SearchMetric {
  return { name, goal: goal ?? usualGoal(name)!, target };
}

/** Thaw's own trials are never chosen by a test set; what a program calls its metrics is its own matter, and this is said. */
function testNotes(metric: string): string[] {
  if (!/^test([_/.]|$)/i.test(metric)) return [];
  return [
    `metric.name is ${metric}: the best of many trials on the test set has a test result that is no longer that of unseen images`,
  ];
}

/** Which way a metric of a name that Thaw knows is better; null for others. */
function usualGoal(name: string): SearchMetric['goal'] | null {
  const metric = name.replace(/^(train|val|test)_/, '');
  return Object.hasOwn(metricGoals, metric) ? metricGoals[metric as MetricName] : null;
}
