import type { CommandModule } from 'yargs';
import { runsDirOption } from '../options.ts';

interface PurgeArguments {
  'runs-dir': string;
  yes: boolean;
}

export const purgeCommand: CommandModule<object, PurgeArguments> = {
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
    const { purgeRuns } = await import('../../runs/purge-runs.ts');
    await purgeRuns({ runsDir, yes });
  },
};
