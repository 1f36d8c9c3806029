import type { CommandModule } from 'yargs';
import { runsDirOption } from '../options.ts';

interface PurgeArguments {
  'runs-dir': string;
  yes: boolean;
}

export const purgeCommand: CommandModule<object, PurgeArguments> = {
  command: 'purge',
  describe: 'Remove deleted sweeps, and the runs that went with them, for good, after asking',
  builder: (yargs) =>
    yargs
      .option('yes', { type: 'boolean', default: false, describe: 'Do not ask' })
      .option('runs-dir', runsDirOption)
      .example('npx nx run sweeps purge', 'frees their space; --undo cannot bring them back then'),
  handler: async ({ 'runs-dir': runsDir, yes }) => {
    const { purgeSweeps } = await import('../../sweeps/purge-sweeps.ts');
    await purgeSweeps({ runsDir, yes });
  },
};
