import { UserError } from '@thaw/base';
import type { CommandModule } from 'yargs';
import { runsDirOption } from '../options.ts';
import { runsPositional, whereOption } from './choice-options.ts';

interface DeleteArguments {
  runs: string[];
  'runs-dir': string;
  where: string | undefined;
  undo: boolean;
  yes: boolean;
}

export const deleteCommand: CommandModule<object, DeleteArguments> = {
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
        describe: 'Bring back deleted runs, named by their whole ids',
      })
      .option('runs-dir', runsDirOption)
      .example('npx nx run runs delete latest --yes', 'the newest run'),
  handler: async ({ 'runs-dir': runsDir, runs, where, yes, undo }) => {
    // yargs's own check of conflicts takes an option's default for the option.
    if (undo && where !== undefined) throw new UserError('--undo takes whole ids, and no --where');
    const { deleteRuns, restoreRuns } = await import('../../runs/delete-runs.ts');
    if (undo) await restoreRuns({ runsDir, runs });
    else await deleteRuns({ runsDir, runs, where: where ?? null, yes });
  },
};
