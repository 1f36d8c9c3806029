import { exportFormats, exportInputs, type ExportFormat, type ExportInput } from '@thaw/serving/formats';
import type { CommandModule } from 'yargs';
import { runsDirOption } from '../options.ts';

interface ExportArguments {
  model: string;
  format: ExportFormat;
  input: ExportInput | undefined;
  batch: number | undefined;
  precision: 'float32' | 'float16' | undefined;
  license: string | undefined;
  dataset: string[] | undefined;
  'runs-dir': string;
  output: string;
}

/** `models export`: a version as a file or a folder for another program. */
export const exportCommand: CommandModule<object, ExportArguments> = {
  command: 'export <model>',
  describe: 'Write a model for another program: Keras, ONNX runtimes, or Hugging Face',
  builder: (yargs) =>
    yargs
      .positional('model', {
        type: 'string',
        demandOption: true,
        describe: 'MODEL, MODEL@ALIAS or MODEL:VERSION',
      })
      .option('format', {
        choices: exportFormats,
        demandOption: true,
        requiresArg: true,
        describe:
          "keras (Keras 3), h5 (Keras's older form), onnx, or huggingface (a folder with card, Keras and ONNX files)",
      })
      .option('input', {
        choices: exportInputs,
        requiresArg: true,
        describe:
          "What the model takes: scaled values as the version's own files do (the default), or pixels, 0 to 255, which it scales itself; of keras, h5 and onnx",
      })
      .option('batch', {
        type: 'number',
        requiresArg: true,
        describe: 'Exactly so many images a call, of onnx; any number when left out',
      })
      .option('precision', {
        choices: ['float32', 'float16'] as const,
        requiresArg: true,
        describe:
          'Of weights and computation, of onnx: float16 takes half the space; input and output stay float32',
      })
      .option('license', {
        type: 'string',
        requiresArg: true,
        describe: "The model's licence as Hugging Face names it, such as apache-2.0, for huggingface's card",
      })
      .option('dataset', {
        type: 'string',
        array: true,
        nargs: 1,
        describe: "A data set by its name on Hugging Face's hub, for huggingface's card; may be given again",
      })
      .option('runs-dir', runsDirOption)
      .option('output', {
        type: 'string',
        demandOption: true,
        requiresArg: true,
        describe: 'The file to write, in place of one that is there; for huggingface a new folder',
      })
      .example('npx nx run models export cells@champion --format keras --output cells.keras', 'for Keras 3')
      .example(
        'npx nx run models export cells --format onnx --precision float16 --output cells.onnx',
        'half the size',
      ),
  handler: async ({ model, format, 'runs-dir': runsDir, output, ...options }) => {
    const { exportModel } = await import('../../models/export-model.ts');
    const { input = null, batch = null, precision = null, license = null, dataset = [] } = options;
    await exportModel({
      model,
      format,
      runsDir,
      output,
      input,
      batch,
      precision,
      license,
      datasets: dataset,
    });
  },
};
