import type { CommandModule } from 'yargs';
import { runsDirOption } from '../options.ts';
import { runsPositional, whereOption } from './choice-options.ts';

interface ArchiveArguments {
  runs: string[];
  'runs-dir': string;
  where: string | undefined;
  undo: boolean;
}

export const archiveCommand: CommandModule<object, ArchiveArguments> = {
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
    const { archiveRuns } = await import('../../runs/archive-runs.ts');
    await archiveRuns({ runsDir, runs, where: where ?? null, undo });
  },
};
