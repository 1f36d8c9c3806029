import type { CommandModule } from 'yargs';
import { importFormats } from './import-formats.ts';
import { outputOption, runsDirOption } from './options.ts';

interface ListArguments {
  'runs-dir': string;
  sweep: string | undefined;
  where: string | undefined;
  sort: string | undefined;
  columns: string | undefined;
  archived: boolean;
  output: string | undefined;
}

interface ArchiveArguments {
  runs: string[];
  'runs-dir': string;
  where: string | undefined;
  undo: boolean;
}

interface DeleteArguments {
  runs: string[];
  'runs-dir': string;
  where: string | undefined;
  undo: boolean;
  yes: boolean;
}

interface PurgeArguments {
  'runs-dir': string;
  yes: boolean;
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
  where: string | undefined;
  output: string | undefined;
}

const whereOption = {
  type: 'string',
  requiresArg: true,
  describe:
    'Only runs for which this is true: columns compared with values (= != < <= > >= contains in), and, or, not',
} as const;

const runsPositional = {
  type: 'string',
  array: true,
  default: [] as string[],
  describe: 'Ids, beginnings of them, or latest',
} as const;

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
      .option('where', whereOption)
      .option('sort', {
        type: 'string',
        requiresArg: true,
        describe: 'By this column; --sort=-COLUMN puts the greatest first',
      })
      .option('columns', {
        type: 'string',
        requiresArg: true,
        describe: 'What to show of each run, parted by commas: val_accuracy,model.scenario',
      })
      .option('archived', { type: 'boolean', default: false, describe: 'Archived runs, too' })
      .option('runs-dir', runsDirOption)
      .option('output', outputOption)
      .example('npx nx run runs list --sweep latest', 'the runs of the newest sweep')
      .example(
        `npx nx run runs list --where 'val_accuracy > 0.9 and model.scenario = "partial_unfreeze"' --sort=-test_accuracy`,
        'the best on test images first',
      ),
  handler: async ({ 'runs-dir': runsDir, sweep, where, sort, columns, archived, output }) => {
    const { listRuns } = await import('../runs/list-runs.ts');
    await listRuns({
      runsDir,
      sweep: sweep ?? null,
      where: where ?? null,
      sort: sort ?? null,
      columns: columns?.split(',').map((column) => column.trim()) ?? null,
      archived,
      output: output ?? null,
    });
  },
};

const archiveCommand: CommandModule<object, ArchiveArguments> = {
  command: 'archive [runs..]',
  describe: 'Leave runs out of lists and tables; nothing of them is removed',
  builder: (yargs) =>
    yargs
      .positional('runs', runsPositional)
      .option('where', whereOption)
      .option('undo', { type: 'boolean', default: false, describe: 'List them again' })
      .option('runs-dir', runsDirOption)
      .example(`npx nx run runs archive --where 'state = failed'`, 'runs that failed'),
  handler: async ({ 'runs-dir': runsDir, runs, where, undo }) => {
    const { archiveRuns } = await import('../runs/archive-runs.ts');
    await archiveRuns({ runsDir, runs, where: where ?? null, undo });
  },
};

const deleteCommand: CommandModule<object, DeleteArguments> = {
  command: 'delete [runs..]',
  describe: 'Delete runs, after asking; --undo brings them back until runs purge',
  builder: (yargs) =>
    yargs
      .positional('runs', runsPositional)
      .option('where', whereOption)
      .option('yes', { type: 'boolean', default: false, describe: 'Do not ask' })
      .option('undo', {
        type: 'boolean',
        default: false,
        conflicts: 'where',
        describe: 'Bring back deleted runs, named by their whole ids',
      })
      .option('runs-dir', runsDirOption)
      .example('npx nx run runs delete latest --yes', 'the newest run'),
  handler: async ({ 'runs-dir': runsDir, runs, where, yes, undo }) => {
    const { deleteRuns, restoreRuns } = await import('../runs/delete-runs.ts');
    if (undo) await restoreRuns({ runsDir, runs });
    else await deleteRuns({ runsDir, runs, where: where ?? null, yes });
  },
};

const purgeCommand: CommandModule<object, PurgeArguments> = {
  command: 'purge',
  describe: 'Remove deleted runs for good, after asking',
  builder: (yargs) =>
    yargs
      .option('yes', { type: 'boolean', default: false, describe: 'Do not ask' })
      .option('runs-dir', runsDirOption)
      .example(
        'npx nx run runs purge',
        'frees the space of deleted runs; --undo cannot bring them back then',
      ),
  handler: async ({ 'runs-dir': runsDir, yes }) => {
    const { purgeRuns } = await import('../runs/purge-runs.ts');
    await purgeRuns({ runsDir, yes });
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
      .option('where', { ...whereOption, conflicts: 'run' })
      .option('runs-dir', runsDirOption)
      .option('output', { type: 'string', requiresArg: true, describe: 'The file, or the folder, to write' })
      .example('npx nx run runs export --format csv --sweep latest --output trials.csv', 'a row a trial')
      .example('npx nx run runs export --format tensorboard --output logs', 'tensorboard --logdir logs'),
  handler: async ({ format, 'runs-dir': runsDir, run = null, sweep = null, where = null, output = null }) => {
    const { exportRuns } = await import('../export/export-runs.ts');
    await exportRuns({ format, runsDir, run, sweep, where, output });
  },
};

/** `runs list`, `show RUN`, `compare RUN RUN...`, `import FILE`, `export`, `archive`, `delete` and `purge`. */
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
      .command(archiveCommand)
      .command(deleteCommand)
      .command(purgeCommand)
      .example('npx nx run runs list', 'all runs, the newest first')
      .example('npx nx run runs show latest', 'everything about the newest run')
      .demandCommand(
        1,
        'Say what to do: `runs list`, `runs show RUN`, `runs compare RUN RUN`, `import FILE`, `export`, `archive`, `delete` or `purge`.',
      )
      .strict(),
  handler: () => undefined,
};
