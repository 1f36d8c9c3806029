import { UserError } from '@thaw/base';
import type { CommandModule } from 'yargs';
import { runsDirOption } from '../options.ts';

interface DeleteArguments {
  sweeps: string[];
  'runs-dir': string;
  'keep-runs': boolean;
  undo: boolean;
  yes: boolean;
}

export const deleteCommand: CommandModule<object, DeleteArguments> = {
  command: 'delete <sweeps..>',
  describe: 'Delete sweeps with their runs, after asking; --undo brings them back until sweeps purge',
  builder: (yargs) =>
    yargs
      .positional('sweeps', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'Ids, beginnings of them, or latest',
      })
      .option('keep-runs', {
        type: 'boolean',
        default: false,
        describe: 'Leave the runs of the sweeps in the list of runs',
      })
      .option('yes', { type: 'boolean', default: false, describe: 'Do not ask' })
      .option('undo', {
        type: 'boolean',
        default: false,
        describe: 'Bring back deleted sweeps, named by their whole ids, with the runs that went with them',
      })
      .option('runs-dir', runsDirOption)
      .example('npx nx run sweeps delete latest --yes', 'the newest sweep and its runs'),
  handler: async ({ 'runs-dir': runsDir, 'keep-runs': keepRuns, sweeps, yes, undo }) => {
    if (undo && keepRuns)
      throw new UserError('--undo brings back all that was deleted; it takes no --keep-runs');
    const { deleteSweeps, restoreSweeps } = await import('../../sweeps/delete-sweeps.ts');
    if (undo) await restoreSweeps({ runsDir, sweeps });
    else await deleteSweeps({ runsDir, sweeps, keepRuns, yes });
  },
};
