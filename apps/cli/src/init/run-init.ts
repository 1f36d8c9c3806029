import { join, relative, resolve, sep } from 'node:path';
import { draftFolder, draftText, findDataset, syntheticSize, syntheticText } from '@thaw/analysis';
import { exists, shellWord, thousands, UserError, writeFileAtomic, writeProblem } from '@thaw/base';
import { readExperiment, type FilesDataset, type ModelSettings } from '@thaw/experiment';
import { fixedImageSize, modelProblems, readModel, usualWeights } from '@thaw/model';
import { AnalysisProgress } from '../progress/analysis-progress.ts';
import { commandHint } from '../report/command-hint.ts';
import { terminalWidth } from '../report/terminal-width.ts';
import { stoppedNotice, untilStopped } from '../until-stopped.ts';
import { initReport, syntheticReport } from './init-report.ts';

export interface InitOptions {
  /** The folder of images; null for what the current one has. */
  readonly dir: string | null;
  /** Null: looked up. */
  readonly layout: FilesDataset['layout'] | null;
  /** Whether images are opened; null where their number decides. */
  readonly look: boolean | null;
  /** As `model.backbone`. */
  readonly backbone: string;
  /** Settings of `model.input`, path=value. */
  readonly set: readonly string[];
  readonly runsDir: string;
  /** The file to write. */
  readonly output: string;
}

/** What `fetch weights` is for without `--image-size`, pixels. */
const usualSize = 224;
/** More images than these are only counted unless a look is asked for: it would take tens of minutes. */
const mostLookedAt = 20_000;

/**
 * Writes an experiment file for a folder of images and says what was found there. Nothing that is there is overwritten. Returns the
 * exit code: 0, or that of the signal which stopped it.
 */
export async function runInit(options: InitOptions): Promise<number> {
  const { output, dir, backbone, set } = options;
  await requireNew(output);
  const asGiven = (path: string) => (path === 'model.backbone' ? '--backbone' : `--set ${path}`);
  const model = readModel(backbone, set, asGiven);
  const dataset = await findDataset(dir, options.layout);
  if (dataset === null) {
    const imageSize = fixedImageSize(backbone) ?? syntheticSize;
    const commands = commandsFor(options, '.', imageSize);
    const weights = await usualWeights({ ...model, image_size: imageSize }, join(options.runsDir, 'cache'));
    const network = { backbone, weights, input: model.input, imageSize };
    await write(output, syntheticText({ ...network, commands }));
    process.stdout.write(`${syntheticReport(output, commands)}\n`);
    return 0;
  }
  const progress = new AnalysisProgress(process.stderr, () => performance.now());
  try {
    return await untilStopped(
      (signal) => draft(dataset, { ...options, model, progress, signal }),
      () => {
        progress.note(`${stoppedNotice} No file was written.`);
      },
    );
  } finally {
    progress.close();
  }
}

async function draft(
  found: FilesDataset,
  options: InitOptions & {
    model: ModelSettings;
    progress: AnalysisProgress;
    signal: AbortSignal;
  },
): Promise<void> {
  const { look, runsDir, output, model, progress, signal } = options;
  const drafted = await draftFolder(found, {
    ...{ model, cacheDir: join(runsDir, 'cache'), listener: progress, signal },
    look: (images) => {
      if (look === null && images > mostLookedAt) {
        progress.note(`${thousands(images)} images are only counted; --look looks at each.`);
      }
      return look ?? images <= mostLookedAt;
    },
  });
  const path = fromHere(found.path);
  const commands = commandsFor(options, found.path, drafted.draft.imageSize);
  const name = nameOf(found.path);
  const text = draftText(drafted.survey, drafted.draft, {
    ...drafted,
    ...{ name, path, commands, input: model.input },
  });
  // What is written must run: whatever is not valid here is a defect and not the user's mistake.
  readExperiment(text, output, { checks: ({ model: each }) => modelProblems(each) });
  progress.close();
  await write(output, text);
  const columns = terminalWidth(process.stdout);
  process.stdout.write(`${initReport({ ...drafted, output, path, commands, columns })}\n`);
}

async function requireNew(output: string): Promise<void> {
  if (await exists(output)) {
    throw new UserError(
      `${output} is there already and is left as it is; write another file: --output FILE`,
      {
        kind: 'conflict',
      },
    );
  }
  const problem = output === '' ? 'its name is empty' : await writeProblem(resolve(output));
  if (problem !== null) throw new UserError(`--output: ${output} cannot be written: ${problem}`);
}

/** Writes a file that nobody else has written meanwhile. */
async function write(output: string, text: string): Promise<void> {
  await requireNew(output);
  await writeFileAtomic(output, text);
}

function commandsFor({ output, runsDir, backbone }: InitOptions, folder: string, imageSize: number) {
  const usual = backbone === 'mobilenet_v2';
  const ofBackbone = usual ? '' : ` --backbone ${shellWord(backbone)}`;
  const ofSize = imageSize === usualSize ? '' : ` --image-size ${imageSize}`;
  const sweep = `sweep --config ${shellWord(output)}`;
  return {
    check: commandHint(`${sweep} --dry-run`, runsDir),
    run: commandHint(sweep, runsDir),
    weights: commandHint(`fetch weights${ofBackbone}${ofSize}`, runsDir),
    advise: commandHint(`advise --data ${shellWord(fromHere(folder))}${ofBackbone} --budget 5m`, runsDir),
  };
}

/** A folder as an experiment file names it: from the current one where it lies in it or beside it. */
function fromHere(folder: string): string {
  const path = relative(process.cwd(), resolve(folder)).split(sep).join('/');
  return path === '' ? '.' : path.startsWith('../../') || /^[a-z]:/i.test(path) ? resolve(folder) : path;
}

function nameOf(folder: string): string {
  const name = resolve(folder)
    .split(sep)
    .at(-1)!
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-');
  return name === '' ? 'images' : name;
}
