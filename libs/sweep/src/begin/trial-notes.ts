import type { Dataset } from '@thaw/data';
import {
  applyParameters,
  pathsOf,
  plateauNote,
  withPaths,
  type Experiment,
  type Settings,
} from '@thaw/experiment';
import { averageNote, decayNotes, unfreezingNote } from '@thaw/training';
import { samplePoints } from './sample-points.ts';

const averagePaths =
  /^(model\.scenario|training(\.(use_ema|ema_momentum|epochs|batch_size|gradient_accumulation_steps|warm_head|gradual_unfreezing)(\.|$)|$))/;
const unfreezingPaths =
  /^(model(\.(backbone|scenario|unfreeze_from)(\.|$)|$)|training(\.(epochs|warm_head|gradual_unfreezing)(\.|$)|$))/;
const plateauPaths = /^training(\.(learning_rate_schedule|early_stopping)(\.|$)|$)/;
const decayPaths =
  /^(model(\.(backbone|head_units|head_batch_norm|input)(\.|$)|$)|training(\.weight_decay_exclude)?$)/;

/** What settings of trials ask for in vain, in sentences. `directory`: what relative paths are relative to. */
export function trialNotes(
  experiment: Experiment,
  datasets: readonly Dataset[],
  directory: string,
): string[] {
  const trials = (paths: RegExp): Settings[] =>
    samplePoints(experiment, (path) => paths.test(path)).map((point) => applyParameters(experiment, point));
  const averages = averageNote(
    trials(averagePaths).flatMap((settings) => datasets.map((dataset) => ({ settings, dataset }))),
  );
  const models = trials(decayPaths).map((settings) => withPaths(settings, pathsOf(settings, directory)));
  const unfreezing = unfreezingNote(trials(unfreezingPaths));
  const notes = [averages, unfreezing, ...trials(plateauPaths).map(plateauNote), ...decayNotes(models)];
  return [...new Set(notes)].filter((note) => note !== null);
}
