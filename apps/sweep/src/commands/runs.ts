import type { CommandModule } from 'yargs';
import { importFormats } from './import-formats.ts';
import { outputOption, runsDirOption } from './options.ts';

interface ListArguments {
  'runs-dir': string;
  sweep: string | undefined;
  output: string | undefined;
}

interface ShowArguments {
  run: string;
  'runs-dir': string;
  output: string | undefined;
}

interface ImportArguments {
  file: string;
  name: string | undefined;
  'runs-dir': string;
  output: string | undefined;
}

interface CompareArguments {
  runs: string[];
  'runs-dir': string;
  output: string | undefined;
}

interface ExportArguments {
  format: 'csv' | 'json' | 'tensorboard';
  'runs-dir': string;
  run: string | undefined;
  sweep: string | undefined;
  output: string | undefined;
}

const listCommand: CommandModule<object, ListArguments> = {
  command: 'list',
  describe: 'List runs, the newest first',
  builder: (yargs) =>
    yargs
      .option('sweep', {
        type: 'string',
        requiresArg: true,
        describe: 'Only the runs of this sweep: its id, a beginning of it, or latest',
      })
      .option('runs-dir', runsDirOption)
      .option('output', outputOption)
      .example('npx nx run runs list --sweep latest', 'the runs of the newest sweep'),
  handler: async ({ 'runs-dir': runsDir, sweep, output }) => {
    const { listRuns } = await import('../runs/list-runs.ts');
    await listRuns({ runsDir, sweep: sweep ?? null, output: output ?? null });
  },
};

const showCommand: CommandModule<object, ShowArguments> = {
  command: 'show <run>',
  describe: 'Show everything about one run',
  builder: (yargs) =>
    yargs
      .positional('run', {
        type: 'string',
        demandOption: true,
        describe: 'Its id, a beginning of it, or latest',
      })
      .option('runs-dir', runsDirOption)
      .option('output', outputOption)
      .example('npx nx run runs show latest', 'the newest run'),
  handler: async ({ 'runs-dir': runsDir, run, output }) => {
    const { showRun } = await import('../runs/show-run.ts');
    await showRun({ runsDir, run, output: output ?? null });
  },
};

const compareCommand: CommandModule<object, CompareArguments> = {
  command: 'compare <runs..>',
  describe: 'Say whether the differences between runs are real',
  builder: (yargs) =>
    yargs
      .positional('runs', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'Two runs or more: ids, beginnings of them, or latest',
      })
      .option('runs-dir', runsDirOption)
      .option('output', outputOption)
      .example('npx nx run runs compare RUN RUN', 'on the images that both were tested on'),
  handler: async ({ 'runs-dir': runsDir, runs, output }) => {
    const { compareRuns } = await import('../runs/compare-runs.ts');
    await compareRuns({ runsDir, runs, output: output ?? null });
  },
};

const importCommand: CommandModule<object, ImportArguments> = {
  command: 'import <file>',
  describe: "Make a run of another program's results",
  builder: (yargs) =>
    yargs
      .positional('file', {
        type: 'string',
        demandOption: true,
        describe: "Results as JSON (below), or scikit-learn's two printed classification reports",
      })
      .option('name', { type: 'string', requiresArg: true, describe: 'A name for the run' })
      .option('runs-dir', runsDirOption)
      .option('output', outputOption)
      .example('npx nx run runs import report.txt', 'two printed reports, of validation and of test')
      .example('npx nx run runs import results.json --name notebook', 'figures or predictions')
      .epilogue(importFormats),
  handler: async ({ 'runs-dir': runsDir, file, name, output }) => {
    const { importRun } = await import('../import/import-run.ts');
    await importRun({ runsDir, file, name: name ?? null, output: output ?? null });
  },
};

const exportCommand: CommandModule<object, ExportArguments> = {
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
      .option('runs-dir', runsDirOption)
      .option('output', { type: 'string', requiresArg: true, describe: 'The file, or the folder, to write' })
      .example('npx nx run runs export --format csv --sweep latest --output trials.csv', 'a row a trial')
      .example('npx nx run runs export --format tensorboard --output logs', 'tensorboard --logdir logs'),
  handler: async ({ format, 'runs-dir': runsDir, run, sweep, output }) => {
    const { exportRuns } = await import('../export/export-runs.ts');
    await exportRuns({ format, runsDir, run: run ?? null, sweep: sweep ?? null, output: output ?? null });
  },
};

/** `runs list`, `runs show RUN`, `runs compare RUN RUN...`, `runs import FILE` and `runs export`. */
export const runsCommand: CommandModule = {
  command: 'runs',
  describe: 'Look at what has been run',
  builder: (yargs) =>
    yargs
      .command(listCommand)
      .command(showCommand)
      .command(compareCommand)
      .command(importCommand)
      .command(exportCommand)
      .example('npx nx run runs list', 'all runs, the newest first')
      .example('npx nx run runs show latest', 'everything about the newest run')
      .demandCommand(
        1,
        'Say what to do: `runs list`, `runs show RUN`, `runs compare RUN RUN`, `runs import FILE` or `runs export`.',
      )
      .strict(),
  handler: () => undefined,
};
