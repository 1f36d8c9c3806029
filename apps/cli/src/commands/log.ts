import type { CommandModule } from 'yargs';
import { runsDirOption } from './options.ts';

interface LogArguments {
  run: string;
  metrics: string[];
  step: string | undefined;
  'runs-dir': string;
}

/** `log`: a metric from a program that runs in a sweep. */
export const logCommand: CommandModule<object, LogArguments> = {
  command: 'log <run> <metrics..>',
  describe: 'Report metrics of a program that a sweep runs (program: FILE)',
  builder: (yargs) =>
    yargs
      .positional('run', {
        type: 'string',
        demandOption: true,
        describe:
          'The run: its id (THAW_RUN_ID in the environment of the program), a beginning of it, or latest',
      })
      .positional('metrics', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'name=value; nan and inf are values, too',
      })
      .option('step', {
        type: 'string',
        requiresArg: true,
        describe: 'Of training, a whole number; the step after the last one when absent',
      })
      .option('runs-dir', runsDirOption)
      .example(
        'npx nx run log $THAW_RUN_ID val_accuracy=0.8 --step 3',
        'what else is a line of output: thaw step=3 val_accuracy=0.8',
      ),
  handler: async ({ run, metrics, step, 'runs-dir': runsDir }) => {
    const { logMetrics } = await import('../log/log-metrics.ts');
    await logMetrics({ run, words: metrics, step: step ?? null, runsDir });
  },
};
