import type { CommandModule } from 'yargs';
import { outputFormats, type OutputFormat } from '../predict/prediction-text.ts';
import { outputOption, runsDirOption } from './options.ts';

interface PredictArguments {
  files: string[];
  model: string;
  format: OutputFormat;
  'runs-dir': string;
  output: string | undefined;
}

/** `predict`: classifies images with a promoted model. */
export const predictCommand: CommandModule<object, PredictArguments> = {
  command: 'predict <files..>',
  describe: 'Classify images with a promoted model',
  builder: (yargs) =>
    yargs
      .positional('files', {
        type: 'string',
        array: true,
        demandOption: true,
        describe: 'Images, folders of images, or patterns such as "cells/*.jpeg"',
      })
      .option('model', {
        type: 'string',
        demandOption: true,
        requiresArg: true,
        describe: 'MODEL, MODEL@ALIAS or MODEL:VERSION',
      })
      .option('format', {
        choices: outputFormats,
        default: 'table' as const,
        requiresArg: true,
        describe: 'How results are printed',
      })
      .option('runs-dir', runsDirOption)
      .option('output', outputOption)
      .example('npx nx run predict --model cells@champion cell.jpeg', 'one image')
      .example('npx nx run predict --model cells --format csv images', 'all images of a folder'),
  handler: async ({ files, model, format, 'runs-dir': runsDir, output }) => {
    const { runPredict } = await import('../predict/run-predict.ts');
    process.exitCode = await runPredict({ files, model, format, runsDir, output: output ?? null });
  },
};
