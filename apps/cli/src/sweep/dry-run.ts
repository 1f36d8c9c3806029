import { join } from 'node:path';
import { counted, duration, thousands } from '@thaw/base';
import { createEngine, type EngineName } from '@thaw/compute';
import type { Experiment, ProgramExperiment } from '@thaw/experiment';
import { estimateCost, trialsOfAllSizes, type Cost, type OpenSweep, type Prepared } from '@thaw/sweep';
import { requireMemory } from '@thaw/training';
import { sweptParameters } from '../report/sweep-document.ts';
import { phaseProgress } from '../progress/phase-progress.ts';
import { writeDocument } from '../report/output-file.ts';
import type { SweepCommandOptions } from './sweep-command-options.ts';

/** So long further kinds of trials are measured. */
const patience = 60;

export interface DryRun extends Pick<SweepCommandOptions, 'runsDir' | 'output'> {
  readonly workers: number;
  /** How many trials would run. */
  readonly trials: number;
  readonly signal: AbortSignal;
}

/**
 * Says what a sweep would do and take that has been prepared, and starts none: its trials, its images, its time from a few steps
 * of each kind of trial, of which nothing is kept. Throws UserError where the memory would not suffice.
 */
export async function dryRun(
  { experiment, engine, device }: Pick<OpenSweep, 'engine' | 'device'> & { readonly experiment: Experiment },
  { datasets }: Prepared,
  { runsDir, output, workers, trials, signal }: DryRun,
): Promise<void> {
  const clock = () => performance.now();
  const computing = createEngine(engine as EngineName, { sharedCores: workers > 1, device });
  const classes = Math.max(...datasets.map(({ dataset }) => dataset.classes.length));
  for (const settings of trialsOfAllSizes(experiment)) {
    await requireMemory({ settings, classes, engine: computing });
  }
  const progress = phaseProgress(process.stderr, clock);
  const cost = await estimateCost(experiment, {
    ...{ engine: computing, cacheDir: join(runsDir, 'cache'), datasets, trials, patience, signal, clock },
    onMeasured: (done, total) => {
      progress.update('kinds of trials measured', done, total);
    },
  }).finally(() => {
    progress.close();
  });
  const { train, validation, test, folds } = datasets[0]!.dataset;
  const images = { train: folds ? validation.length : train.length, validation: validation.length };
  const atOnce = Math.min(workers, trials);
  const document = {
    ...{ name: experiment.name, method: experiment.method, engine, workers: atOnce },
    trials: Number.isFinite(trials) ? trials : null,
    images: { ...images, test: test.length },
    /** At most, as early stopping ends trials before. */
    seconds: Number.isFinite(trials) ? cost.seconds / atOnce : null,
    seconds_of_trial: cost.seconds / (Number.isFinite(trials) ? trials : 1),
    images_trained: cost.images,
    kinds: cost.kinds,
    kinds_measured: cost.measured,
  };
  if (output !== null) await writeDocument(output, document);
  const swept = sweptParameters(experiment);
  const lines = [
    `${experiment.name} would start: ${trialWords(trials)}, ${experiment.method} over ${swept.join(', ') || 'nothing'}.`,
    `Images: ${thousands(images.train)} to train on${folds ? ` in ${new Set(folds[0]).size} folds` : `, ${thousands(images.validation)} to validate with`}, ${thousands(test.length)} to test with${datasets.length > 1 ? ` (the first of ${datasets.length} splits)` : ''}; ${classes} classes.`,
    `Engine: ${engine} on ${device}, ${counted(atOnce, 'trial')} at once. Memory suffices.`,
    timeWords(cost, trials, atOnce),
    'Nothing was trained or recorded.',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** The same of a program of the user's own, of which nobody knows how long it takes. */
export async function dryRunProgram(
  { name, method, parameters, program }: ProgramExperiment,
  { output, workers, trials }: Pick<DryRun, 'output' | 'workers' | 'trials'>,
): Promise<void> {
  const atOnce = Math.min(workers, trials);
  const document = {
    ...{ name, method, engine: 'program', workers: atOnce },
    ...{ trials: Number.isFinite(trials) ? trials : null, seconds: null },
  };
  if (output !== null) await writeDocument(output, document);
  const swept = sweptParameters({ parameters });
  const lines = [
    `${name} would start: ${trialWords(trials)}, ${method} over ${swept.join(', ') || 'nothing'}.`,
    `Program: ${program.file ?? program.command.join(' ')}, ${counted(atOnce, 'trial')} at once. How long a trial takes is up to it.`,
    'Nothing was run or recorded.',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function trialWords(trials: number): string {
  return Number.isFinite(trials)
    ? counted(trials, 'trial')
    : 'trials until Ctrl-C, as nothing (run_cap, --max-trials) says how many';
}

function timeWords({ seconds, images, kinds, measured }: Cost, trials: number, atOnce: number): string {
  const of = measured === kinds ? 'each kind of trial' : `${measured} of ${kinds} kinds of trials`;
  const how = `measured on a few steps of ${of}${measured === kinds ? '' : ', so roughly'}`;
  if (!Number.isFinite(trials)) return `Time: ${atMost(seconds)} for each trial, ${how}.`;
  return `Time: ${atMost(seconds / atOnce)}, ${how}; early stopping may make it much less. At most ${thousands(Math.round(images))} images pass through training, each as often as it does.`;
}

/** Below a minute what a process takes to start matters as much, which nothing was measured of. */
function atMost(seconds: number): string {
  return seconds < 60 ? 'about a minute at most' : `at most about ${duration(seconds)}`;
}
