import type { EpochRecord, PredictionRow } from '@thaw/experiment';
import type { RunRecord } from '../../records/run-record.ts';
import { confusionImage } from './confusion-image.ts';
import { eventFile, type PluginEvent, type ScalarEvent } from './event-file.ts';
import { hparamsEvents } from './hparams.ts';
import { prCurves } from './pr-curves.ts';
import { settingsText } from './settings-text.ts';

export interface TensorBoardRun {
  readonly run: RunRecord;
  readonly epochs: readonly EpochRecord[];
  /** None of test images where they are sealed. */
  readonly predictions: Readonly<Record<'validation' | 'test', readonly PredictionRow[]>>;
}

/**
 * The event files of a run by their folders. `train` and `validation` have curves with the tags and steps of Keras's callback
 * (`epoch_loss`, from step 0), so that both lie over one another; of a trial with folds each fold has both. Steps of a run that does not
 * count from 1 stay as they are. The run's own folder, `.`, has its settings (HParams, text), what came of it, confusion matrices and
 * precision-recall curves.
 */
export function tensorBoardFiles(exported: TensorBoardRun): Map<string, Uint8Array> {
  const { run } = exported;
  const events = new Map<string, (ScalarEvent | PluginEvent)[]>([['.', eventsOfRun(exported)]]);
  for (const [folder, event] of curves(exported)) {
    const own = events.get(folder);
    if (own) own.push(event);
    else events.set(folder, [event]);
  }
  const begun = Date.parse(run.created) / 1000;
  return new Map(Array.from(events, ([folder, own]) => [folder, eventFile(own, begun)]));
}

/** What is not finite is left out. */
export function* curves({
  run,
  epochs,
}: Pick<TensorBoardRun, 'run' | 'epochs'>): Generator<[folder: string, event: ScalarEvent]> {
  let wallTime = Date.parse(run.created) / 1000;
  const least = epochs.reduce(
    (least, { epoch, fold_epoch }) => Math.min(least, fold_epoch ?? epoch),
    Infinity,
  );
  const first = least === 1 ? 1 : 0;
  for (const record of epochs) {
    wallTime += Number.isFinite(record.seconds) ? record.seconds : 0;
    const { epoch, fold, fold_epoch: number = epoch, ...figures } = record;
    const above = fold === undefined ? '' : `fold-${fold}/`;
    for (const [name, value] of Object.entries(figures)) {
      if (typeof value !== 'number' || !Number.isFinite(value)) continue;
      const validation = name.startsWith('val_');
      const tag = `epoch_${validation ? name.slice('val_'.length) : name}`;
      yield [
        `${above}${validation ? 'validation' : 'train'}`,
        { tag, step: number - first, value, wallTime },
      ];
    }
  }
}

/**
 * Everything that is of the whole run stands at the epoch that it kept, counted from 1 as its figures are. Read back, these are those of
 * that epoch.
 */
function eventsOfRun({ run, predictions }: TensorBoardRun): (ScalarEvent | PluginEvent)[] {
  const { summary, classes } = run;
  const step = [summary?.best_epoch, summary?.epochs, 0].find(Number.isFinite)!;
  const wallTime = Date.parse(run.finished ?? run.created) / 1000;
  const scalars = Object.entries(summary ?? {}).flatMap(([tag, value]) =>
    typeof value === 'number' && Number.isFinite(value) ? [{ tag, step, value, wallTime }] : [],
  );
  const pictures = (['validation', 'test'] as const).flatMap((part) => {
    const rows = predictions[part];
    const at = { part, step, wallTime };
    if (rows.length === 0 || !classes) return [];
    return [confusionImage(rows, classes, at), ...prCurves(rows, classes, at)];
  });
  return [...hparamsEvents(run), settingsText(run), ...scalars, ...pictures];
}
