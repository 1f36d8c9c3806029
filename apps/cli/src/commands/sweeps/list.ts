import type { CommandModule } from 'yargs';
import { formatOption, limitOption, listOutputOption, type ListFormat } from '../format-option.ts';
import { positiveInteger, runsDirOption } from '../options.ts';

interface ListArguments {
  'runs-dir': string;
  limit: string | undefined;
  format: ListFormat;
  output: string | undefined;
}

export const listCommand: CommandModule<object, ListArguments> = {
  command: 'list',
  describe: 'List sweeps, the newest first',
  builder: (yargs) =>
    yargs
      .option('limit', limitOption)
      .option('format', formatOption)
      .option('runs-dir', runsDirOption)
      .option('output', listOutputOption)
      .example('npx nx run sweeps list', 'state, trials, best trial and time of each')
      .example('npx nx run sweeps list --limit 1 --format json', 'the newest, for a program'),
  handler: async ({ 'runs-dir': runsDir, limit, format, output }) => {
    const { listSweeps } = await import('../../sweeps/list-sweeps.ts');
    await listSweeps({
      runsDir,
      limit: limit === undefined ? null : positiveInteger('limit', limit),
      format,
      output: output ?? null,
    });
  },
};
