import { basename, extname } from 'node:path';
import type { SettingsCheck } from './checks/check-settings.ts';
import { checkForm, diskChecks, settingsChecks, settingsJsonSchema } from './checks/check-settings.ts';
import { checkTrials } from './checks/check-trials.ts';
import { placesWithin } from './checks/place-problems.ts';
import { checkEarlyTermination } from './checks/check-early-termination.ts';
import { fileSchema, refusals, withoutUnused } from './experiment-file.ts';
import type { AnyExperiment, Experiment } from './experiment.ts';
import type { Mistake } from './messages/mistake.ts';
import { mistakesError } from './messages/mistake.ts';
import { metricGoal } from './metrics.ts';
import type { LoadOptions } from './load-options.ts';
import { isProgramFile, readProgramExperiment } from './program/read-program-experiment.ts';
import { readExperimentText } from './yaml/read-experiment-text.ts';
import { parametersOf, readParameters } from './parameters/read-parameters.ts';
import { pathsOf, withPaths } from './settings-paths.ts';
import { readYaml } from './yaml/read-yaml.ts';
import { setOverrides } from './yaml/set-overrides.ts';
import { spellOutNames } from './yaml/short-names.ts';
import { show } from './messages/show.ts';
import type { TreeMap } from './yaml/tree.ts';
import { goalNotes, unreadSettings } from './space/unread-settings.ts';
import { deepest, toPlain } from './yaml/tree.ts';

/**
 * Reads and checks an experiment file. Files and folders that it names are looked up relative to the current directory.
 * Throws one UserError that lists every mistake as `<file>:<line>: <key path>: found ...; allowed: ...`.
 */
export async function loadExperiment(file: string, options: LoadOptions = {}): Promise<Experiment> {
  return readExperiment(await readExperimentText(file), file, options);
}

/** The same for a file whose trials may run a program of the user's own instead. */
export async function loadAnyExperiment(file: string, options: LoadOptions = {}): Promise<AnyExperiment> {
  return readAnyExperiment(await readExperimentText(file), file, options);
}

/** The same for a text that is already read; `file` is its name in messages. */
export function readAnyExperiment(text: string, file: string, options: LoadOptions = {}): AnyExperiment {
  const { root, mistakes } = readRoot(text, file);
  if (!isProgramFile(root)) return readExperiment(text, file, options);
  if (options.allowed?.programs === false) {
    throw mistakesError([{ ...programMistake(root), remedy: { do: 'allow programs' } }]);
  }
  return readProgramExperiment({ root, mistakes, text, file }, options);
}

/** The same for a text that is already read; `file` is its name in messages. */
export function readExperiment(text: string, file: string, options: LoadOptions = {}): Experiment {
  const { set = [], checks, directory, allowed } = options;
  const { root, mistakes } = readRoot(text, file);
  if (isProgramFile(root)) throw mistakesError([programMistake(root)]);
  spellOutNames(root, settingsJsonSchema());
  mistakes.push(...setOverrides(root, set));

  const entries = new Map([...root.entries].filter(([key]) => key !== 'parameters'));
  const { used: input, notes } = withoutUnused(toPlain({ ...root, entries }));
  const refused = refusals(input);
  const form = checkForm(fileSchema, input);
  const problems = form.problems.filter(
    ({ path }) => !refused.some((other) => other.path.join() === path.join()),
  );
  for (const problem of [...refused, ...problems]) {
    mistakes.push({ ...problem, origin: deepest(root, problem.path).origin });
  }

  const { name, description, method, metric, run_cap } = form.value;
  const { dataset, split, model, augmentation, training, evaluation } = form.value;
  const settings = { dataset, split, model, augmentation, training, ...(evaluation && { evaluation }) };
  const read = readParameters(root.entries.get('parameters'), settingsJsonSchema(), method, settings);
  mistakes.push(...read.mistakes);
  const parameters = parametersOf(read.varied);
  const places = allowed ? placesWithin(allowed) : () => [];
  const onDisk: SettingsCheck = (trial) => {
    const found = directory === undefined ? trial : withPaths(trial, pathsOf(trial, directory));
    const problems = places(found);
    // What may not be read is not even looked for.
    if (problems.length > 0) return problems;
    return [...diskChecks, ...(checks ? [checks] : [])].flatMap((check) => check(found));
  };
  const allChecks = [...settingsChecks, onDisk];
  mistakes.push(...checkTrials({ settings, tree: root, failed: form.failed }, read.varied, allChecks));
  const early = checkEarlyTermination(form.value.early_terminate, { settings, parameters, run_cap });
  for (const problem of early.problems) {
    const path = ['early_terminate', ...problem.path];
    mistakes.push({ ...problem, path, origin: deepest(root, path).origin });
  }
  if (mistakes.length > 0) throw mistakesError(mistakes);

  const goal = metric.goal ?? metricGoal(metric.name);
  return {
    file,
    name: name ?? basename(file, extname(file)),
    description: description ?? null,
    settings,
    method,
    metric: { name: metric.name, goal, target: metric.target ?? null },
    parameters,
    run_cap: run_cap ?? null,
    early_terminate: early.rule,
    test: form.value.test,
    notes: [
      ...notes,
      ...read.notes,
      ...early.notes,
      ...goalNotes({ name: metric.name, goal }),
      ...unreadSettings(input, settings, parameters),
    ],
    text,
    set: [...set],
  };
}

function readRoot(text: string, file: string): { root: TreeMap; mistakes: Mistake[] } {
  const { tree, mistakes } = readYaml(text, file);
  if (tree === null) throw mistakesError(mistakes);
  if (tree.kind === 'map') return { root: tree, mistakes };
  const plain = toPlain(tree);
  const found = plain === null ? 'an empty file' : show(plain);
  const message = `found ${found}; allowed: sections of settings, such as "model: {scenario: feature_extraction}"`;
  throw mistakesError([...mistakes, { origin: tree.origin, path: [], message }]);
}

function programMistake(root: TreeMap): Mistake {
  const path = [root.entries.has('program') ? 'program' : 'command'];
  const { origin } = deepest(root, path);
  return {
    origin,
    path,
    message: 'found a program of your own; allowed here: an experiment that Thaw trains',
  };
}
