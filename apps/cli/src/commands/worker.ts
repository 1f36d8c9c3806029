import type { Note } from '@thaw/base';
import type { WorkerEnd } from '@thaw/sweep/worker';
import type { CommandModule } from 'yargs';
import { inWords } from '../remedy-text.ts';
import { onStopSignals } from '../stop-signals.ts';
import { durationOption } from './duration-option.ts';
import { positiveInteger, runsDirOption } from './options.ts';

interface WorkerArguments {
  queue: string;
  workers: string;
  data: string | undefined;
  'max-idle': string | undefined;
  'runs-dir': string;
  'log-level': string;
}

/** `worker`: runs trials of sweeps on other machines. */
export const workerCommand: CommandModule<{ 'log-level': string }, WorkerArguments> = {
  command: 'worker',
  describe: 'Run trials of sweeps that other machines have started with --queue',
  builder: (yargs) =>
    yargs
      .option('queue', {
        type: 'string',
        demandOption: true,
        requiresArg: true,
        describe: 'The Redis that the sweep was given (redis://...)',
      })
      .option('workers', {
        type: 'string',
        default: '1',
        requiresArg: true,
        describe: 'Trials that run here at once, each in a process of its own',
      })
      .option('data', {
        type: 'string',
        requiresArg: true,
        describe: 'Where the data set is on this machine, if not where the experiment file says',
      })
      .option('max-idle', {
        type: 'string',
        requiresArg: true,
        describe: 'Stop when no trial has arrived for this long: 90s, 30m, 2h',
      })
      .option('runs-dir', runsDirOption)
      .example(
        'THAW_TOKEN=... npx nx run worker --queue redis://queue:6379',
        'the token is that of the sweep',
      ),
  handler: async (argv) => {
    const { leaseMs, requireToken, runWorker } = await import('@thaw/sweep/worker');
    const debug = argv['log-level'] === 'debug';
    const { stopping, signal, note, exitCode } = untilTold();
    const why = await runWorker({
      queue: argv.queue,
      token: requireToken(),
      workers: positiveInteger('workers', argv.workers),
      runsDir: argv['runs-dir'],
      data: argv.data ?? null,
      leaseMs,
      maxIdleMs: argv['max-idle'] === undefined ? null : durationOption('max-idle', argv['max-idle']),
      stopping,
      signal,
      note,
      pool: { log: (text) => debug && process.stderr.write(text) },
    });
    process.exit(exitCode(why));
  },
};

/** Stops a worker with the signals that the process gets: at the first after the running epochs, at the second at once. */
function untilTold() {
  const [stopping, leaving] = [new AbortController(), new AbortController()];
  const note: Note = (message, remedy) => process.stderr.write(`${inWords({ message, remedy })}\n`);
  let stopped = 0;
  onStopSignals({
    clock: () => performance.now(),
    onStop: (code) => {
      stopped = code;
      note('Stopping after the running epoch of each trial; press Ctrl-C again to stop at once.');
      stopping.abort();
    },
    onStopNow: () => {
      leaving.abort(new Error('stopped'));
    },
  });
  const exitCode = (why: WorkerEnd) => ({ stopped, idle: 0, unable: 1, refused: 1 })[why];
  return { stopping: stopping.signal, signal: leaving.signal, note, exitCode };
}
