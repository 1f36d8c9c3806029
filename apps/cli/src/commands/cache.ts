import type { CommandModule } from 'yargs';
import { outputOption, runsDirOption } from './options.ts';

interface ShowArguments {
  'runs-dir': string;
  output: string | undefined;
}

interface ClearArguments {
  'runs-dir': string;
  'older-than': string | undefined;
}

const showCommand: CommandModule<object, ShowArguments> = {
  command: 'show',
  describe: 'Show what the cache holds, and how large it is',
  builder: (yargs) =>
    yargs
      .option('runs-dir', runsDirOption)
      .option('output', outputOption)
      .example('npx nx run cache show', 'the caches of the folder runs'),
  handler: async ({ 'runs-dir': runsDir, output }) => {
    const { showCache } = await import('../cache/show-cache.ts');
    await showCache({ runsDir, output: output ?? null });
  },
};

const clearCommand: CommandModule<object, ClearArguments> = {
  command: 'clear',
  describe: 'Clear the cache; what is needed is computed or downloaded again',
  builder: (yargs) =>
    yargs
      .option('older-than', {
        type: 'string',
        requiresArg: true,
        describe: 'Only what has not been used for this long: 12h, 30d',
      })
      .option('runs-dir', runsDirOption)
      .example('npx nx run cache clear --older-than 30d', 'what nobody has used for a month'),
  handler: async ({ 'runs-dir': runsDir, 'older-than': olderThan }) => {
    const { clearCache } = await import('../cache/clear-cache.ts');
    await clearCache({ runsDir, olderThan: olderThan ?? null, now: new Date() });
  },
};

/** `cache show` and `cache clear`. */
export const cacheCommand: CommandModule = {
  command: 'cache',
  describe: 'Show or clear the cache',
  builder: (yargs) =>
    yargs
      .command(showCommand)
      .command(clearCommand)
      .example('npx nx run cache show', 'sizes, and what each part is for')
      .demandCommand(1, 'Say what to do: `cache show` or `cache clear`.')
      .strict(),
  handler: () => undefined,
};
