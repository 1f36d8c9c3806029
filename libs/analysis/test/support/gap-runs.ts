import { join } from 'node:path';
import { Random } from '@thaw/base';
import { loadDataset, type Dataset } from '@thaw/data';
import { settingsSchema, type PredictionRow, type Settings, type Summary } from '@thaw/experiment';
import { evaluate } from '@thaw/metrics';
import { openStore, type KeptGroups, type Provenance, type SweepWriter } from '@thaw/tracking';
import { chooseRun } from '../../src/gap/choose-run.ts';
import { silent } from '../../src/listener.ts';
import { measureGap, type MeasuredGap } from '../../src/gap/measure-gap.ts';

export interface Predicted {
  readonly validation: readonly PredictionRow[];
  readonly test: readonly PredictionRow[];
}

/** Settings of the smallest model that Thaw brings weights for. */
export function smallSettings(changes: object): Settings {
  return settingsSchema.parse({
    model: { alpha: 1, image_size: 64, weights: 'bundled', head_units: 16 },
    ...changes,
  });
}

/** A row whose model is right with a probability of `accuracy`, drawn by `random`, and sure of itself. */
export function drawnRow(
  { file, label }: { file: string; label: string },
  accuracy: number,
  classes: readonly string[],
  random: Random,
): PredictionRow {
  const truth = classes.indexOf(label);
  const isRight = random.uniform() < accuracy;
  const predicted = isRight ? truth : (truth + 1 + random.int(classes.length - 1)) % classes.length;
  const probabilities = classes.map((_, i) => (i === predicted ? 0.7 : 0.3 / (classes.length - 1)));
  return { file, label, predicted: classes[predicted]!, probabilities };
}

/** Rows of all validation and test images that are right with these probabilities. */
export function drawnPredictions(
  { classes, validation, test }: Dataset,
  accuracy: { readonly validation: number; readonly test: number },
  random: Random,
): Predicted {
  const rows = (images: Dataset['test'], share: number) =>
    images.map((image) =>
      drawnRow({ file: image.name, label: classes[image.label]! }, share, classes, random),
    );
  return { validation: rows(validation, accuracy.validation), test: rows(test, accuracy.test) };
}

/** A finished run with these predictions; returns its id. */
export async function writeRun(
  runsDir: string,
  settings: Settings,
  predicted: Predicted,
  run: {
    classes: readonly string[];
    fingerprint: string;
    sweep?: SweepWriter;
    number?: number;
    groups?: KeptGroups;
  },
): Promise<string> {
  const { sweep, number = 0, classes, fingerprint, groups } = run;
  const writer = await openStore(runsDir).createRun({
    name: 'made',
    sweep: sweep?.id ?? null,
    number,
    parameters: {},
    settings,
    provenance: provenance(fingerprint),
  });
  await sweep?.addTrial({ number, run: writer.id, parameters: {} });
  await writer.writePredictions('validation', predicted.validation);
  await writer.writePredictions('test', predicted.test);
  if (groups) await writer.writeGroups(groups);
  await writer.finish(summaryOf(predicted, classes), classes);
  return writer.id;
}

/** A sweep without trials that chooses by validation accuracy. */
export function writeSweep(runsDir: string): Promise<SweepWriter> {
  return openStore(runsDir).createSweep({
    name: 'made',
    experimentText: '',
    experimentFile: 'made.yaml',
    method: 'grid',
    metric: { name: 'val_accuracy', goal: 'maximize' },
    parameters: {},
    engine: 'onnx',
    workers: 1,
  });
}

export async function gapOf(
  runsDir: string,
  query: { run: string } | { sweep: string },
  retrain = 0,
): Promise<MeasuredGap> {
  const store = openStore(runsDir);
  const chosen = await chooseRun(store, { run: null, sweep: null, ...query });
  return measureGap(store, chosen, {
    cacheDir: join(runsDir, 'cache'),
    retrain,
    figures: join(runsDir, 'runs', chosen.run.id, 'gap'),
    listener: silent,
  });
}

export function dataOf(runsDir: string, settings: Settings): Promise<Dataset> {
  return loadDataset(settings, { cacheDir: join(runsDir, 'cache') });
}

function summaryOf({ validation, test }: Predicted, classes: readonly string[]): Summary {
  const scoreOf = (rows: readonly PredictionRow[]) =>
    evaluate(
      rows.map(({ label }) => classes.indexOf(label)),
      rows.map(({ probabilities }) => probabilities),
    );
  const [val, tested] = [scoreOf(validation), scoreOf(test)];
  return {
    epochs: 1,
    best_epoch: 1,
    train_accuracy: 1,
    train_loss: 0,
    val_accuracy: val.accuracy,
    val_loss: val.loss,
    test_accuracy: tested.accuracy,
    test_loss: tested.loss,
    gap: val.accuracy - tested.accuracy,
  };
}

function provenance(fingerprint: string): Provenance {
  return {
    git: null,
    node: process.versions.node,
    platform: process.platform,
    arch: process.arch,
    cpu: '',
    cores: 1,
    memory_bytes: 1,
    packages: {},
    engine: 'onnx',
    data: { fingerprint },
  };
}
