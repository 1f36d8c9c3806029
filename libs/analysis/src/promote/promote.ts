import { join } from 'node:path';
import { Random } from '@thaw/base';
import { trainingImagesOf, type ImageFile } from '@thaw/data';
import type { SettingsPaths, Summary } from '@thaw/experiment';
import { sampleAcrossGroups } from '@thaw/metrics';
import { encodeOnnxModel, hashWeights } from '@thaw/model';
import {
  Classifier,
  collectNeighbours,
  modelCard,
  preprocessingOf,
  writeArtifact,
  type Preprocessing,
} from '@thaw/serving';
import { checkAlias, checkModelName, openModelStore, openStore, type SweepRecord } from '@thaw/tracking';
import { chooseRun } from '../gap/choose-run.ts';
import { dataOfRun, groupsFound, type RunData } from '../groups/data-of-run.ts';
import { groupsOfRun } from '../groups/groups-of-run.ts';
import { honestTest } from '../results/run-results.ts';
import { groupingSentence } from '../results/sentences.ts';
import { cardFigures } from './card-figures.ts';
import { choiceNotes } from './choice-notes.ts';
import { leakageNotes } from './leakage-notes.ts';
import { promotedNetwork, type PromotedAs } from './promoted-network.ts';
import { testSetSentences } from '../test-set/test-sentences.ts';
import { forecastFor, forecastSentences } from '../forecast/forecast-sentences.ts';
import { withModel, type PromotableRun } from './promotable-run.ts';
import type { PromoteDocument } from './promote-document.ts';
import type { AnalysisListener } from '../listener.ts';
import { rivalTrials } from './rival-trials.ts';
import { verifyExport, type KnownPredictions } from './verify-export.ts';

/** Training images of a class that predictions are later compared with. */
const neighboursPerClass = 200;

export interface PromoteOptions {
  /** Exactly one of `run` and `sweep` is given: an id, a beginning of one or `latest`. */
  readonly run: string | null;
  /** The sweep whose best run is taken. */
  readonly sweep: string | null;
  /** The model whose next version the run becomes. */
  readonly name: string;
  /** Null for the network of the run, or of one with folds a refit; see `promotedNetwork`. */
  readonly as?: PromotedAs | null | undefined;
  /** Also points at the new version. */
  readonly alias: string | null;
  readonly runsDir: string;
  readonly listener: AnalysisListener;
  /** Where the images lie now; see `dataOfRun`. */
  readonly moved?: SettingsPaths | undefined;
  /** Ends it with the signal's reason before the version is written; a version is there whole or not at all. */
  readonly signal?: AbortSignal;
}

/** Makes a run, or the best run of a sweep, the next version of a model. A UserError where it cannot be one. */
export async function promote(options: PromoteOptions): Promise<PromoteDocument> {
  const { name, alias, runsDir, sweep: bySweep, listener, moved, signal } = options;
  checkModelName(name);
  if (alias !== null) checkAlias(alias);
  const store = openStore(runsDir);
  const chosen = withModel(await chooseRun(store, options));
  const { run, sweep } = chosen;
  const cacheDir = join(runsDir, 'cache');
  const found = await dataOfRun(store, run, { cacheDir, listener, signal, moved });
  const data = 'missing' in found ? null : found;
  const promoted = await promotedNetwork(store, chosen, {
    as: options.as ?? null,
    runsDir,
    found,
    listener,
    signal,
  });
  const { network, weights, summary } = promoted;
  const facts = run.provenance as {
    data?: { train?: number; fingerprint?: string; depth_range?: Preprocessing['depth'] | null };
    weights?: { origin?: string; sha256?: string };
  };
  const rows = {
    validation: await store.predictions(run.id, 'validation'),
    test: promoted.test,
  };
  const groups = await groupsOfRun(store, run, rows, {
    cacheDir,
    look: () => Promise.resolve(groupsFound(found)),
  });
  const figures = cardFigures(rows, run.classes, groups);
  listener.begin('comparing with the other trials');
  const rivals = bySweep === null || !sweep ? null : await rivalTrials(store, chosen, sweep, groups.groupOf);
  // With the look that a refit is.
  const noted = sweep && (await store.sweep(sweep.id));
  const choice = [
    ...promoted.notes,
    ...choiceNotes(chosen, { rivals, figures, groups }),
    ...(noted ? [...forecastOf(noted, run.number, summary), ...testSetSentences(noted)] : []),
  ];
  const honest = run.sealed ? null : honestTest(rows.test, run.classes, groups);
  const unit = groups.unit === 'image' ? 'photograph' : groups.unit;
  const leakage = leakageNotes(chosen, found, unit, honest);
  const notes = [...choice, ...leakage];

  const preprocessing = preprocessingOf(run.settings, network, facts.data?.depth_range);
  listener.begin('exporting the model');
  const onnx = encodeOnnxModel(network, weights, {
    run: run.id,
    labels: JSON.stringify(run.classes),
    preprocessing: JSON.stringify(preprocessing),
  });
  const classifier = await Classifier.open(onnx, preprocessing);
  const { neighbours, verified } = await withData(classifier, chosen, data, promoted.known, {
    listener,
    signal,
  }).finally(() => classifier.dispose());
  signal?.throwIfAborted();
  listener.begin('writing the version');
  const models = openModelStore(runsDir);
  const record = await models.createVersion(
    name,
    {
      run: run.id,
      sweep: run.sweep,
      trial: run.number,
      parameters: run.parameters,
      settings: run.settings,
      paths: run.paths,
      summary,
      as: promoted.as,
      classes: run.classes,
      provenance: run.provenance,
      weights_sha256: hashWeights(weights),
      choice: {
        by: bySweep === null ? 'run' : 'sweep',
        metric: bySweep === null ? null : (sweep?.metric.name ?? null),
        notes,
      },
      verified,
    },
    (temporary, { version, created }) =>
      writeArtifact(temporary, {
        network,
        weights,
        onnx,
        labels: run.classes,
        preprocessing,
        origin: { model: name, version, run: run.id, settings: run.settings },
        neighbours,
        card: modelCard({
          name,
          version,
          run: run.id,
          sweep: run.sweep,
          created,
          settings: run.settings,
          preprocessing,
          figures,
          images: {
            train: facts.data?.train ?? null,
            validation: rows.validation.length,
            test: run.sealed ? null : rows.test.length,
          },
          fingerprint: facts.data?.fingerprint ?? null,
          weightsOrigin: facts.weights?.origin ?? null,
          weightsSha256: facts.weights?.sha256 ?? null,
          groups: { ...groups, sentence: groupingSentence(groups) },
          leakage,
          honestTest: honest,
          choice,
          commit: run.provenance.git?.commit ?? null,
        }),
      }),
  );
  if (alias !== null) await models.setAlias(name, alias, record.version);
  return {
    name,
    version: record.version,
    path: models.folder(name, record.version),
    run: run.id,
    as: promoted.as,
    sealed: run.sealed,
    val_accuracy: summary.val_accuracy,
    test_accuracy: run.sealed ? null : summary.test_accuracy,
    aliases: alias === null ? [] : [alias],
    notes,
  };
}

function forecastOf(sweep: SweepRecord, trial: number, { test_accuracy }: Summary): string[] {
  return forecastSentences({ ...sweep, forecast: forecastFor(sweep, trial) }, test_accuracy);
}

/** What takes the images themselves: training images to compare with, and whether the export says what the run said. */
async function withData(
  classifier: Classifier,
  { run }: PromotableRun,
  data: RunData | null,
  known: KnownPredictions,
  { listener, signal }: Pick<PromoteOptions, 'listener' | 'signal'>,
) {
  if (!data) return { neighbours: null, verified: null };
  const counting = (what: string) => (done: number, total: number) => {
    signal?.throwIfAborted();
    listener.count(what, done, total);
  };
  const verified = await verifyExport(classifier, known, data.images, counting('images verified'));
  const neighbours = await collectNeighbours(classifier, sampleTraining(data), run.classes, {
    onProgress: counting('training images looked at'),
  });
  return { neighbours, verified };
}

/** Some training images of each class, from as many photographs as there are. */
function sampleTraining({ dataset, groupOf }: RunData): ImageFile[] {
  return dataset.classes.flatMap((_, label) => {
    const images = trainingImagesOf(dataset).filter((image) => image.label === label);
    const groups = images.map(({ name }) => groupOf(name));
    return sampleAcrossGroups(groups, neighboursPerClass, new Random('neighbours', label)).map(
      (i) => images[i]!,
    );
  });
}
