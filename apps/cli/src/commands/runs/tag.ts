import type { CommandModule } from 'yargs';
import { runsDirOption } from '../options.ts';
import { runsPositional, whereOption } from './choice-options.ts';

interface TagArguments {
  runs: string[];
  'runs-dir': string;
  where: string | undefined;
  add: string[] | undefined;
  remove: string[] | undefined;
}

export const tagCommand: CommandModule<object, TagArguments> = {
  command: 'tag [runs..]',
  describe: 'Add tags to runs, or take tags away',
  builder: (yargs) =>
    yargs
      .positional('runs', runsPositional)
      .option('where', whereOption)
      .option('add', {
        type: 'string',
        array: true,
        nargs: 1,
        describe: 'A tag to add; may be given again',
      })
      .option('remove', {
        type: 'string',
        array: true,
        nargs: 1,
        describe: 'A tag to take away; may be given again',
      })
      .option('runs-dir', runsDirOption)
      .example('npx nx run runs tag latest --add paper --remove draft', 'the newest run')
      .example(`npx nx run runs tag --where 'val_accuracy > 0.9' --add good`, 'every run that is this good')
      .example(`npx nx run runs list --where 'tags contains "paper"'`, 'finds them again'),
  handler: async ({ 'runs-dir': runsDir, runs, where, add, remove }) => {
    const { tagRuns } = await import('../../runs/tag-runs.ts');
    await tagRuns({ runsDir, runs, where: where ?? null, add: add ?? [], remove: remove ?? [] });
  },
};
