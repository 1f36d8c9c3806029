import { UserError } from '@thaw/base';
import { engineNames } from '@thaw/compute';
import type { FilesDataset } from '@thaw/experiment';
import type { CommandModule } from 'yargs';
import { durationOption } from './duration-option.ts';
import {
  dataOption,
  dataSetOption,
  layoutOption,
  outputOption,
  positiveInteger,
  runsDirOption,
} from './options.ts';

interface AdviseArguments {
  data: string;
  layout: FilesDataset['layout'] | undefined;
  set: string[] | undefined;
  weights: string | undefined;
  backbone: string;
  alpha: string;
  'image-size': string;
  engine: string;
  budget: string | undefined;
  figure: string | undefined;
  'runs-dir': string;
  output: string | undefined;
}

/** Less does not suffice to begin with, seconds. */
const leastBudget = 10;

/** `advise`: which of the four scenarios a folder of images suggests. */
export const adviseCommand: CommandModule<object, AdviseArguments> = {
  command: 'advise',
  describe: 'Suggest one of the four scenarios for a folder of images, and say why',
  builder: (yargs) =>
    yargs
      .option('data', dataOption)
      .option('layout', layoutOption)
      .option('set', {
        ...dataSetOption,
        describe: `${dataSetOption.describe}; also model.input of an ONNX file; with --budget also others of model, training and augmentation: training.learning_rate=0.0003`,
      })
      .option('weights', {
        type: 'string',
        requiresArg: true,
        describe:
          'imagenet, bundled, or a .h5 or .json file; imagenet if it is here, else bundled, when absent',
      })
      .option('backbone', {
        type: 'string',
        default: 'mobilenet_v2',
        requiresArg: true,
        describe: 'The pretrained network, as model.backbone',
      })
      .option('alpha', {
        type: 'string',
        default: '1',
        requiresArg: true,
        describe: "The backbone's width",
      })
      .option('image-size', {
        type: 'string',
        default: '224',
        requiresArg: true,
        describe: 'Side to which images are resized, in pixels',
      })
      .option('engine', {
        choices: ['auto', ...engineNames],
        default: 'auto',
        requiresArg: true,
        describe: 'What computes',
      })
      .option('budget', {
        type: 'string',
        requiresArg: true,
        describe:
          'Try each scenario in short trials on folds of the training images, all in this time: 5m, 90s, 1h',
      })
      .option('figure', {
        type: 'string',
        requiresArg: true,
        describe: 'With --budget: also draw accuracy against photographs, as SVG, into this file',
      })
      .option('runs-dir', runsDirOption)
      .option('output', outputOption)
      .example('npx nx run advise --data runs/data/blood-cells', 'with the weights at hand')
      .example('npx nx run advise --data cells --alpha 0.35 --image-size 96', 'a quicker look')
      .example('npx nx run advise --data cells --budget 5m', 'which wins short trials'),
  handler: async (argv) => {
    const options = {
      data: argv.data,
      layout: argv.layout ?? null,
      set: argv.set ?? [],
      weights: argv.weights ?? null,
      backbone: argv.backbone,
      alpha: positiveNumber('alpha', argv.alpha),
      imageSize: positiveInteger('image-size', argv['image-size']),
      engine: argv.engine,
      budget: argv.budget === undefined ? null : budgetOption(argv.budget),
      figure: argv.figure ?? null,
      runsDir: argv['runs-dir'],
      output: argv.output ?? null,
    };
    const { runAdvise } = await import('../advise/run-advise.ts');
    process.exitCode = await runAdvise(options);
  },
};

/** Seconds. */
function budgetOption(text: string): number {
  const seconds = durationOption('budget', text) / 1000;
  if (seconds >= leastBudget) return seconds;
  throw new UserError(`--budget: found ${text}; allowed: ${leastBudget}s or more`);
}

function positiveNumber(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0) {
    throw new UserError(`--${option}: found ${JSON.stringify(text)}; allowed: a number above 0`);
  }
  return value;
}
