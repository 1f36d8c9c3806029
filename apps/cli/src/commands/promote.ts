import { UserError } from '@thaw/base';
import type { CommandModule } from 'yargs';
import {
  bestOfSweepOption,
  movedImages,
  movedOption,
  outputOption,
  runOption,
  runsDirOption,
} from './options.ts';

interface PromoteArguments {
  run: string | undefined;
  sweep: string | undefined;
  name: string;
  alias: string | undefined;
  as: 'refit' | 'ensemble' | undefined;
  set: string[] | undefined;
  'runs-dir': string;
  output: string | undefined;
}

/** `promote`: a run becomes a version of a model. */
export const promoteCommand: CommandModule<object, PromoteArguments> = {
  command: 'promote',
  describe: 'Turn a run into a version of a model that others can load and call',
  builder: (yargs) =>
    yargs
      .option('run', runOption)
      .option('sweep', bestOfSweepOption)
      .option('name', {
        type: 'string',
        demandOption: true,
        requiresArg: true,
        describe: 'The model: its earlier versions stay, and this becomes the next',
      })
      .option('alias', {
        type: 'string',
        requiresArg: true,
        describe: 'Also point this alias at the new version, such as champion',
      })
      .option('as', {
        choices: ['refit', 'ensemble'] as const,
        requiresArg: true,
        describe:
          "Of a run with folds: refit, trained anew on all training images for the folds' median number of epochs (the default), or ensemble, the mean of the folds' networks",
      })
      .option('set', movedOption)
      .option('runs-dir', runsDirOption)
      .option('output', outputOption)
      .example('npx nx run promote --sweep latest --name cells --alias champion', 'the best run of a sweep')
      .example('npx nx run promote --run RUN --name cells', 'a run of your choice'),
  handler: async ({ run, sweep, name, as, alias, set, 'runs-dir': runsDir, output }) => {
    if ((run === undefined) === (sweep === undefined)) {
      throw new UserError(
        'promote needs a run, --run RUN, or a sweep whose best run it takes, --sweep SWEEP',
      );
    }
    const { runPromote } = await import('../promote/run-promote.ts');
    await runPromote({
      run: run ?? null,
      sweep: sweep ?? null,
      name,
      alias: alias ?? null,
      as: as ?? null,
      moved: movedImages(set),
      runsDir,
      output: output ?? null,
    });
  },
};
