import { counted, duration, thousands } from '@thaw/base';
import { sweptPaths, type Experiment, type ProgramExperiment } from '@thaw/experiment';
import { tryOut, type OpenSweep, type Prepared } from '@thaw/sweep';
import { phaseProgress } from '../progress/phase-progress.ts';
import { writeDocument } from '../report/output-file.ts';
import type { SweepCommandOptions } from './sweep-command-options.ts';

export interface DryRun extends Pick<SweepCommandOptions, 'runsDir' | 'output'> {
  readonly workers: number;
  /** How many trials would run. */
  readonly trials: number;
  readonly signal: AbortSignal;
}

/** Says what a sweep would do and take that has been prepared, and starts none. Throws UserError where the memory would not suffice. */
export async function dryRun(
  sweep: Pick<OpenSweep, 'engine' | 'device'> & { readonly experiment: Experiment },
  { datasets }: Prepared,
  { output, ...options }: DryRun,
): Promise<void> {
  const clock = () => performance.now();
  const progress = phaseProgress(process.stderr, clock);
  const document = await tryOut(sweep, datasets, {
    ...{ ...options, clock },
    onMeasured: (done, total) => {
      progress.update('kinds of trials measured', done, total);
    },
  }).finally(() => {
    progress.close();
  });
  if (output !== null) await writeDocument(output, document);
  const { experiment, engine, device } = sweep;
  const { name, method, images, workers: atOnce } = document;
  const { folds, classes } = datasets[0]!.dataset;
  const split = folds
    ? ` in ${new Set(folds[0]).size} folds`
    : `, ${thousands(images.validation)} to validate with`;
  const lines = [
    `${name} would start: ${trialWords(options.trials)}, ${method} over ${sweptPaths(experiment.parameters).join(', ') || 'nothing'}.`,
    `Images: ${thousands(images.train)} to train on${split}, ${thousands(images.test)} to test with${datasets.length > 1 ? ` (the first of ${datasets.length} splits)` : ''}; ${classes.length} classes.`,
    `Engine: ${engine} on ${device}, ${counted(atOnce, 'trial')} at once. Memory suffices.`,
    timeWords(document),
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
  const swept = sweptPaths(parameters);
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

function timeWords(document: Awaited<ReturnType<typeof tryOut>>): string {
  const { seconds, seconds_of_trial, images_trained, kinds, kinds_measured: measured } = document;
  const of = measured === kinds ? 'each kind of trial' : `${measured} of ${kinds} kinds of trials`;
  const how = `measured on a few steps of ${of}${measured === kinds ? '' : ', so roughly'}`;
  if (seconds === null) return `Time: ${atMost(seconds_of_trial)} for each trial, ${how}.`;
  return `Time: ${atMost(seconds)}, ${how}; early stopping may make it much less. At most ${thousands(Math.round(images_trained))} images pass through training, each as often as it does.`;
}

/** Below a minute what a process takes to start matters as much, which nothing was measured of. */
function atMost(seconds: number): string {
  return seconds < 60 ? 'about a minute at most' : `at most about ${duration(seconds)}`;
}
