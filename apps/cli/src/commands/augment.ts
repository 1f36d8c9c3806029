import type { CommandModule } from 'yargs';
import { positiveInteger, runsDirOption } from './options.ts';

interface AugmentArguments {
  config: string;
  set: string[] | undefined;
  images: string;
  epochs: string;
  'runs-dir': string;
  output: string | undefined;
}

/** `augment`: what the augmentation of an experiment makes of the user's own images. */
export const augmentCommand: CommandModule<object, AugmentArguments> = {
  command: 'augment',
  describe: 'Draw what the augmentation of an experiment makes of some of its images, before training',
  builder: (yargs) =>
    yargs
      .option('config', {
        type: 'string',
        demandOption: true,
        requiresArg: true,
        describe: 'Experiment file (YAML)',
      })
      .option('set', {
        type: 'string',
        array: true,
        nargs: 1,
        describe: 'Change a setting of the file, path=value; may be given again',
      })
      .option('images', {
        type: 'string',
        default: '12',
        requiresArg: true,
        describe: 'Training images to show, of all classes in turn',
      })
      .option('epochs', {
        type: 'string',
        default: '6',
        requiresArg: true,
        describe: 'How often each is shown: as in this many first epochs',
      })
      .option('runs-dir', runsDirOption)
      .option('output', {
        type: 'string',
        requiresArg: true,
        describe: 'The picture, PNG; augmentation.png in the folder of runs when absent',
      })
      .example(
        'npx nx run augment --config experiments/unfreeze.yaml --set augmentation=true',
        'the usual augmentation',
      )
      .example(
        "npx nx run augment --config mine.yaml --set 'augmentation={mixup_alpha: 0.4, cutmix_alpha: 1}'",
        'mixed images',
      ),
  handler: async (argv) => {
    const options = {
      config: argv.config,
      set: argv.set ?? [],
      images: positiveInteger('images', argv.images),
      epochs: positiveInteger('epochs', argv.epochs),
      runsDir: argv['runs-dir'],
      output: argv.output ?? null,
    };
    const { runAugment } = await import('../augment/run-augment.ts');
    process.exitCode = await runAugment(options);
  },
};
