import type { CommandModule } from 'yargs';
import { formatOption, limitOption, listOutputOption, type ListFormat } from '../format-option.ts';
import { positiveInteger, runsDirOption } from '../options.ts';
import { whereOption } from './choice-options.ts';

interface ListArguments {
  'runs-dir': string;
  sweep: string | undefined;
  where: string | undefined;
  sort: string | undefined;
  columns: string | undefined;
  archived: boolean;
  limit: string | undefined;
  format: ListFormat;
  output: string | undefined;
}

export const listCommand: CommandModule<object, ListArguments> = {
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
        describe: 'Sort by this column; --sort=-COLUMN puts the greatest first',
      })
      .option('columns', {
        type: 'string',
        requiresArg: true,
        describe: 'The columns to show, separated by commas: val_accuracy,model.scenario',
      })
      .option('archived', { type: 'boolean', default: false, describe: 'Archived runs, too' })
      .option('limit', limitOption)
      .option('format', formatOption)
      .option('runs-dir', runsDirOption)
      .option('output', listOutputOption)
      .example('npx nx run runs list --sweep latest', 'the runs of the newest sweep')
      .example('npx nx run runs list --limit 20 --format json', 'the 20 newest, for a program')
      .example(
        `npx nx run runs list --where 'val_accuracy > 0.9 and model.scenario = "partial_unfreeze"' --sort=-test_accuracy`,
        'the best on test images first',
      ),
  handler: async ({ 'runs-dir': runsDir, sweep, where, sort, columns, archived, ...argv }) => {
    const { listRuns } = await import('../../runs/list-runs.ts');
    await listRuns({
      runsDir,
      sweep: sweep ?? null,
      where: where ?? null,
      sort: sort ?? null,
      columns: columns?.split(',').map((column) => column.trim()) ?? null,
      archived,
      limit: argv.limit === undefined ? null : positiveInteger('limit', argv.limit),
      format: argv.format,
      output: argv.output ?? null,
    });
  },
};
