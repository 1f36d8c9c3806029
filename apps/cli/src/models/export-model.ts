import { extname } from 'node:path';
import { exists, UserError, writeFileAtomic, writeFolderAtomic } from '@thaw/base';
import {
  exportExtensions,
  exportFile,
  inputWords,
  viewsWords,
  writeHuggingFaceFolder,
  type ExportedFile,
  type ExportFormat,
  type ExportInput,
} from '@thaw/serving';
import { openModelStore } from '@thaw/tracking';
import { checkOutputFile } from '../report/output-file.ts';

export interface ExportModelOptions {
  readonly runsDir: string;
  /** MODEL, MODEL@ALIAS or MODEL:VERSION. */
  readonly model: string;
  readonly format: ExportFormat;
  /** A file, for Hugging Face a new folder. */
  readonly output: string;
  /** What was not given is null or empty. */
  readonly input: ExportInput | null;
  readonly batch: number | null;
  readonly precision: 'float32' | 'float16' | null;
  readonly license: string | null;
  readonly datasets: readonly string[];
}

/** Writes a version of a model for another program, whole or not at all, and says what opens it and what it takes. */
export async function exportModel(options: ExportModelOptions): Promise<void> {
  const { runsDir, output, format, license, datasets } = options;
  checkOptions(options);
  const store = openModelStore(runsDir);
  const { name, version } = await store.resolve(options.model);
  const folder = store.folder(name, version);
  const of = { model: `${name}:${version}`, saved: new Date() };
  let made: Pick<ExportedFile, 'labels' | 'preprocessing'>;
  if (format === 'huggingface') {
    if (await exists(output)) {
      throw new UserError(
        `--output: found ${output}, which is there already; allowed: a folder that is not there yet`,
      );
    }
    let written: typeof made | null = null;
    await writeFolderAtomic(output, async (temporary) => {
      written = await writeHuggingFaceFolder(folder, temporary, { ...of, license, datasets });
    });
    made = written!;
  } else {
    await checkOutputFile(output);
    const { input, batch, precision } = options;
    const float16 = precision === 'float16';
    const file = await exportFile(folder, { ...of, format, input: input ?? 'scaled', batch, float16 });
    await writeFileAtomic(output, file.bytes);
    made = file;
  }
  process.stdout.write(`${exportText(of.model, options, made)}\n`);
}

/** A UserError for an option of another format, and for a name by which a file would not be known. */
function checkOptions({
  format,
  output,
  input,
  batch,
  precision,
  license,
  datasets,
}: ExportModelOptions): void {
  const given = (
    [
      ['--input', input !== null, ['keras', 'h5', 'onnx']],
      ['--batch', batch !== null, ['onnx']],
      ['--precision', precision !== null, ['onnx']],
      ['--license', license !== null, ['huggingface']],
      ['--dataset', datasets.length > 0, ['huggingface']],
    ] as const
  ).find(([, isGiven, formats]) => isGiven && !formats.some((each) => each === format));
  if (given) {
    throw new UserError(`${given[0]}: found with --format ${format}; allowed: with ${given[2].join(', ')}`);
  }
  if (batch !== null && !(Number.isInteger(batch) && batch >= 1)) {
    throw new UserError(`--batch: found ${batch}; allowed: a whole number from 1`);
  }
  if (format === 'huggingface') return;
  if (extname(output) !== exportExtensions[format]) {
    throw new UserError(
      `--output: found ${output}; allowed with --format ${format}: a name that ends in ${exportExtensions[format]}, by which programs know such a file`,
    );
  }
}

const opens: Readonly<Record<ExportFormat, (output: string) => string>> = {
  keras: (output) => `In Keras 3: keras.saving.load_model("${output}")`,
  h5: (output) => `In Keras: keras.models.load_model("${output}", compile=False)`,
  onnx: (output) => `In Python: onnxruntime.InferenceSession("${output}")`,
  huggingface: (output) =>
    `In Keras 3: keras.saving.load_model("${output}"), or from the hub "hf://USER/MODEL". Read README.md before you publish it.`,
};

function exportText(
  model: string,
  { format, output, batch, precision }: ExportModelOptions,
  { labels, preprocessing }: Pick<ExportedFile, 'labels' | 'preprocessing'>,
): string {
  const views = viewsWords(preprocessing);
  const ofBatch = (words: string) => (batch === null ? words : words.replace('[batch,', `[${batch},`));
  return [
    `${model} is in ${output}${precision === 'float16' ? ', in half precision' : ''}.`,
    opens[format](output),
    ofBatch(`Input: ${inputWords(preprocessing).replaceAll('\n', ' ')}`),
    ofBatch(`Output: probabilities, [batch, ${labels.length}], of ${labels.join(', ')}.`),
    ...(views ? [`These are of one view; predict takes ${views}.`] : []),
  ].join('\n');
}
