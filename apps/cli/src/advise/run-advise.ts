import { join } from 'node:path';
import { UserError, writeFileAtomic } from '@thaw/base';
import { checkOutputFile, writeDocument } from '../report/output-file.ts';
import { folderSettings } from '../leakage/folder-settings.ts';
import { readExperiment, settingsSchema, type Settings } from '@thaw/experiment';
import { modelProblems, usualWeights } from '@thaw/model';
import { fetchProgress } from '../commands/fetch-progress.ts';
import {
  adviceDocument,
  advise,
  drawCurve,
  settingsOfShortTrials,
  type MeasuredScenarios,
} from '@thaw/analysis';
import { AnalysisProgress } from '../progress/analysis-progress.ts';
import { tellSkipped } from '../report/tell-skipped.ts';
import { terminalWidth } from '../report/terminal-width.ts';
import { stoppedNotice, untilStopped } from '../until-stopped.ts';
import type { AdviseOptions } from './advise-options.ts';
import { adviceReport } from './advice-report.ts';
import { divideSets } from './divide-sets.ts';

const seed = 42;
const clock = () => performance.now();

/**
 * Suggests one of the four scenarios for a folder of images: text on standard output, and a document. Returns the exit code: 0,
 * or that of the signal which stopped it; what was computed until then is kept.
 */
export async function runAdvise(options: AdviseOptions): Promise<number> {
  const { output, figure, budget } = options;
  if (figure !== null && budget === null) {
    throw new UserError('--figure draws what short trials show: it needs --budget, such as --budget 5m');
  }
  for (const file of [output, figure]) if (file !== null) await checkOutputFile(file);
  const progress = new AnalysisProgress(process.stderr, clock);
  try {
    return await untilStopped(
      (signal) => adviseHere(options, progress, signal),
      () => {
        progress.note(stoppedNotice);
      },
    );
  } finally {
    progress.close();
  }
}

async function adviseHere(
  options: AdviseOptions,
  progress: AnalysisProgress,
  signal: AbortSignal,
): Promise<void> {
  const { runsDir, output, figure, budget } = options;
  const cacheDir = join(runsDir, 'cache');
  const sets = divideSets(options);
  const settings = await featureSettings(options, sets.network, cacheDir);
  const images = await folderSettings({ ...options, set: sets.dataset });
  const trials =
    budget === null
      ? null
      : { seconds: budget, settings: settingsOfShortTrials(settings, sets.trials, '--set') };
  const { advice, folder } = await advise({
    ...{ images, settings, trials, cacheDir, signal, clock, engine: options.engine },
    weights: fetchProgress('weights', process.stderr),
    listener: progress,
  });
  progress.close();
  tellSkipped(folder);
  if (output !== null) await writeDocument(output, adviceDocument(advice));
  if (figure !== null) await writeFigure(figure, advice.trials);
  process.stdout.write(`${adviceReport(advice, terminalWidth(process.stdout))}\n`);
}

async function writeFigure(file: string, trials: MeasuredScenarios | null): Promise<void> {
  if (!trials || 'missing' in trials.curve) {
    process.stderr.write(`--figure: ${file} is not written, as there is no curve to draw\n`);
    return;
  }
  await writeFileAtomic(file, await drawCurve(trials.curve));
}

/**
 * Settings of a feature_extraction trial with these weights. Without `--weights` they are ImageNet's where those are on this
 * machine or nothing else fits the alpha, else the bundled ones.
 */
async function featureSettings(
  { backbone, alpha, imageSize, weights }: AdviseOptions,
  set: readonly string[],
  cacheDir: string,
): Promise<Settings> {
  const given = {
    model: { backbone, alpha, image_size: imageSize, ...(weights === null ? {} : { weights }) },
    training: { seed },
  };
  const parsed = settingsSchema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UserError(`${optionOf(issue!.path)}: ${issue!.message}`);
  }
  const { settings } = readExperiment(JSON.stringify(given), '--set', { set });
  const [problem] = modelProblems(settings.model);
  if (problem) throw new UserError(`${optionOf(problem.path)}: ${problem.message}`);
  if (weights !== null) return settings;
  return { ...settings, model: { ...settings.model, weights: await usualWeights(settings.model, cacheDir) } };
}

function optionOf(path: readonly PropertyKey[]): string {
  if (path[1] === 'input') return `--set ${path.join('.')}`;
  return `--${String(path.at(-1)).replaceAll('_', '-')}`;
}
