import { devices, engineNames, type Device } from '@thaw/compute';
import { UserError } from '@thaw/base';
import type { SweepSource } from '@thaw/sweep';
import type { CommandModule } from 'yargs';
import { durationOption } from './duration-option.ts';
import { notifyAddress } from '../notify/notify-address.ts';
import type { SweepCommandOptions } from '../sweep/sweep-command-options.ts';
import { movedImages, outputOption, positiveInteger, runsDirOption, wholeNumber } from './options.ts';

interface SweepArguments {
  config: string | undefined;
  workers: string | undefined;
  engine: string | undefined;
  device: Device | undefined;
  set: string[] | undefined;
  'max-trials': string | undefined;
  'max-time': string | undefined;
  retry: string | undefined;
  resume: string | undefined;
  'open-test': string | undefined;
  yes: boolean;
  'data-changed': string | undefined;
  queue: string | undefined;
  'tracker-host': string | undefined;
  'tracker-port': string | undefined;
  'runs-dir': string;
  output: string | undefined;
  'leakage-check': string | undefined;
  'dry-run': boolean | undefined;
  notify: string | undefined;
  'log-level': string;
}

/** None is passed over beside --open-test, which is done once and for good; so none has a default of yargs, which counts as given. */
const notBesideOpenTest =
  'config workers engine device max-trials max-time retry resume data-changed queue tracker-host tracker-port dry-run notify leakage-check';

/** `sweep`: runs an experiment file, or the rest of an interrupted sweep. */
export const sweepCommand: CommandModule<{ 'log-level': string }, SweepArguments> = {
  command: 'sweep',
  describe: 'Run an experiment file: train, track and compare all its trials',
  builder: (yargs) =>
    yargs
      .option('config', { type: 'string', requiresArg: true, describe: 'Experiment file (YAML)' })
      .option('workers', {
        type: 'string',
        requiresArg: true,
        describe:
          'Trials that run at once, each in a process of its own; as many as cores and memory allow when absent',
      })
      .option('engine', {
        choices: ['auto', ...engineNames],
        requiresArg: true,
        describe: 'What computes  [default: "auto"]',
      })
      .option('device', {
        choices: devices,
        requiresArg: true,
        describe:
          'What it computes on: the processor, or a GPU through WebGPU (onnx alone)  [default: "cpu"]',
      })
      .option('set', {
        type: 'string',
        array: true,
        nargs: 1,
        describe:
          'Change a setting of the file, path=value; may be given again. With --resume or --open-test: dataset.path=DIR where the same images have moved',
      })
      .option('max-trials', {
        type: 'string',
        requiresArg: true,
        describe: 'Run at most this many trials now',
      })
      .option('max-time', {
        type: 'string',
        requiresArg: true,
        describe: 'Start no new trial after this time: 90s, 30m, 2h',
      })
      .option('retry', {
        type: 'string',
        requiresArg: true,
        describe:
          'Run a failed trial that might succeed up to this many times more, from its last checkpoint on  [default: "0"]',
      })
      .option('resume', {
        type: 'string',
        requiresArg: true,
        describe: 'Run what is missing of this sweep: its id, a beginning of it, or latest',
      })
      .option('open-test', {
        type: 'string',
        requiresArg: true,
        conflicts: notBesideOpenTest.split(' '),
        describe:
          'Open the sealed test set (test: sealed) of this sweep, after asking, for the trial that it has chosen',
      })
      .option('yes', { type: 'boolean', default: false, describe: 'With --open-test: do not ask' })
      .option('data-changed', {
        choices: ['refuse', 'new-sweep'],
        requiresArg: true,
        describe:
          'With --resume, where images or weights have changed since the sweep began: refuse to mix them, or begin a new sweep  [default: "refuse"]',
      })
      .option('queue', {
        type: 'string',
        requiresArg: true,
        describe: 'Let workers on other machines run the trials, through this Redis (redis://...)',
      })
      .option('tracker-host', {
        type: 'string',
        requiresArg: true,
        describe: 'With --queue: the host where this program listens for workers  [default: "127.0.0.1"]',
      })
      .option('tracker-port', { type: 'string', requiresArg: true, describe: 'Its port  [default: "7077"]' })
      .option('runs-dir', runsDirOption)
      .option('output', outputOption)
      .option('dry-run', {
        type: 'boolean',
        describe:
          'Check the file, the images, the weights and the memory, and say how many trials there are and how long they take; start none',
      })
      .option('notify', {
        type: 'string',
        requiresArg: true,
        describe:
          'Post a JSON document to this address (a webhook, as of Slack or Discord) when the sweep ends or fails; THAW_NOTIFY does the same',
      })
      .option('leakage-check', {
        choices: ['on', 'off'],
        requiresArg: true,
        describe:
          'Look for images of one photograph on both sides of the split before training  [default: "on"]',
      })
      .example('npx nx run sweep --config experiments/unfreeze.yaml', 'run the whole experiment')
      .example('npx nx run sweep --config FILE --dry-run', 'check it, and see how long it takes')
      .example('npx nx run sweep --config FILE --workers 2 --set training.epochs=5', 'a quicker look')
      .example('npx nx run sweep --resume latest', 'go on after an interruption')
      .example('npx nx run sweep --open-test latest', 'at the very end, look at the test set once'),
  handler: async (argv) => {
    if (argv['open-test'] !== undefined) {
      const { openTestSet } = await import('../sweep/open-test-set.ts');
      process.exitCode = await openTestSet({
        sweep: argv['open-test'],
        runsDir: argv['runs-dir'],
        yes: argv.yes,
        moved: movedImages(argv.set),
        output: argv.output ?? null,
      });
      return;
    }
    const options: SweepCommandOptions = {
      from: sourceOf(argv),
      workers: argv.workers === undefined ? null : positiveInteger('workers', argv.workers),
      engine: argv.engine ?? 'auto',
      device: argv.device ?? null,
      set: argv.set ?? [],
      maxTrials: argv['max-trials'] === undefined ? null : positiveInteger('max-trials', argv['max-trials']),
      maxTime: argv['max-time'] === undefined ? null : durationOption('max-time', argv['max-time']),
      retry: wholeNumber('retry', argv.retry ?? '0', 0),
      queue: argv.queue ?? null,
      trackerHost: argv['tracker-host'] ?? '127.0.0.1',
      trackerPort: wholeNumber('tracker-port', argv['tracker-port'] ?? '7077', 0, 65_535),
      runsDir: argv['runs-dir'],
      output: argv.output ?? null,
      dataChanged: argv['data-changed'] === 'new-sweep' ? 'new-sweep' : 'refuse',
      dryRun: argv['dry-run'] ?? false,
      notify: notifyAddress(argv.notify, process.env),
      leakageCheck: argv['leakage-check'] !== 'off',
      debug: argv['log-level'] === 'debug',
    };
    // Imported late, so that help and mistakes in options do not wait for everything to load.
    const { runSweep } = await import('../sweep/run-sweep.ts');
    process.exitCode = await runSweep(options);
  },
};

function sourceOf({ config, resume }: Pick<SweepArguments, 'config' | 'resume'>): SweepSource {
  if (resume !== undefined) return { resume, file: config ?? null };
  if (config !== undefined) return { file: config };
  throw new UserError(
    'sweep needs an experiment file, --config FILE (`npx nx run init` writes one), or a sweep to go on with, --resume SWEEP',
  );
}
