import type { CommandModule } from 'yargs';
import { runsDirOption } from '../options.ts';
import { whereOption } from './choice-options.ts';

interface ExportArguments {
  format: 'csv' | 'json' | 'tensorboard';
  'runs-dir': string;
  run: string | undefined;
  sweep: string | undefined;
  where: string | undefined;
  output: string | undefined;
}

export const exportCommand: CommandModule<object, ExportArguments> = {
  command: 'export',
  describe: 'Write runs for other programs: a table, JSON with all epochs, or TensorBoard event files',
  builder: (yargs) =>
    yargs
      .option('format', {
        choices: ['csv', 'json', 'tensorboard'] as const,
        demandOption: true,
        requiresArg: true,
        describe: 'csv and json go to standard output, or to --output; tensorboard to a new folder',
      })
      .option('run', { type: 'string', requiresArg: true, describe: 'Only this run' })
      .option('sweep', {
        type: 'string',
        requiresArg: true,
        conflicts: 'run',
        describe: 'Only the runs of this sweep',
      })
      .option('where', { ...whereOption, conflicts: 'run' })
      .option('runs-dir', runsDirOption)
      .option('output', {
        type: 'string',
        requiresArg: true,
        describe: 'The file to write, in place of one that is there; for tensorboard a new folder',
      })
      .example('npx nx run runs export --format csv --sweep latest --output trials.csv', 'a row a trial')
      .example('npx nx run runs export --format tensorboard --output logs', 'tensorboard --logdir logs'),
  handler: async ({ format, 'runs-dir': runsDir, run = null, sweep = null, where = null, output = null }) => {
    const { exportRuns } = await import('../../export/export-runs.ts');
    await exportRuns({ format, runsDir, run, sweep, where, output });
  },
};
