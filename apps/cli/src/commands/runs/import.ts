import type { CommandModule } from 'yargs';
import { outputOption, runsDirOption } from '../options.ts';
import { importFormats } from './import-formats.ts';

interface ImportArguments {
  file: string;
  name: string | undefined;
  images: string | undefined;
  'runs-dir': string;
  output: string | undefined;
}

export const importCommand: CommandModule<object, ImportArguments> = {
  command: 'import <file>',
  describe: "Make a run of another program's results",
  builder: (yargs) =>
    yargs
      .positional('file', {
        type: 'string',
        demandOption: true,
        describe:
          'A file or a folder of Keras, scikit-learn, TensorBoard, MLflow, Optuna or W&B, or predictions (below)',
      })
      .option('name', { type: 'string', requiresArg: true, describe: 'A name for the run' })
      .option('images', {
        type: 'string',
        requiresArg: true,
        describe:
          'The folder of the predicted images: looks which are copies of one photograph, for intervals and leakage',
      })
      .option('runs-dir', runsDirOption)
      .option('output', outputOption)
      .example('npx nx run runs import report.txt', 'two printed reports, of validation and of test')
      .example('npx nx run runs import predictions.npz --name notebook', 'figures or predictions')
      .example(
        'npx nx run runs import predictions.csv --images DIR',
        'intervals go by photograph; copies in training are found',
      )
      .example('npx nx run runs import ../mlruns', 'all runs of MLflow')
      .epilogue(importFormats),
  handler: async ({ 'runs-dir': runsDir, file, name, images, output }) => {
    const { importRun } = await import('../../import/import-run.ts');
    const options = { runsDir, file, name: name ?? null, images: images ?? null, output: output ?? null };
    process.exitCode = await importRun(options);
  },
};
