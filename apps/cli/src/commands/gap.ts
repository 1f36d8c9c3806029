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

interface GapArguments {
  run: string | undefined;
  sweep: string | undefined;
  retrain: string;
  set: string[] | undefined;
  'runs-dir': string;
  output: string | undefined;
}

/** `gap`: validation against test, and what the difference is made of. */
export const gapCommand: CommandModule<object, GapArguments> = {
  command: 'gap',
  describe: 'Explain the gap between validation and test accuracy of a run',
  builder: (yargs) =>
    yargs
      .option('run', runOption)
      .option('sweep', bestOfSweepOption)
      .option('retrain', {
        type: 'string',
        default: '3',
        requiresArg: true,
        describe: 'Grouped splits on which the trial is trained again to measure leakage; 0: none',
      })
      .option('set', movedOption)
      .option('runs-dir', runsDirOption)
      .option('output', outputOption)
      .example('npx nx run gap --sweep latest', 'the best run of the newest sweep')
      .example('npx nx run gap --run latest --retrain 0', 'a quick look, without measuring leakage'),
  handler: async (argv) => {
    const options = {
      run: argv.run ?? null,
      sweep: argv.sweep ?? null,
      retrain: splitsOption(argv.retrain),
      moved: movedImages(argv.set),
      runsDir: argv['runs-dir'],
      output: argv.output ?? null,
    };
    if ((options.run === null) === (options.sweep === null)) {
      throw new UserError('gap needs a run, --run RUN, or a sweep whose best run it takes, --sweep SWEEP');
    }
    const { runGap } = await import('../gap/run-gap.ts');
    process.exitCode = await runGap(options);
  },
};

/** A whole number of at least 0. */
function splitsOption(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < 0 || value > 100) {
    throw new UserError(`--retrain: found ${JSON.stringify(text)}; allowed: a whole number from 0 to 100`);
  }
  return value;
}
