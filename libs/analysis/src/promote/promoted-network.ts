import { join } from 'node:path';
import { counted, thousands, UserError } from '@thaw/base';
import type { Network, Weights } from '@thaw/compute';
import { trainingImagesOf } from '@thaw/data';
import type { PredictionRow, Summary } from '@thaw/experiment';
import { buildModel, loadTensorflowJsWeights } from '@thaw/model';
import type { RunStore } from '@thaw/tracking';
import { openEngine, refitTrial } from '@thaw/training';
import type { RunData } from '../groups/data-of-run.ts';
import type { AnalysisListener } from '../listener.ts';
import type { PromotableRun } from './promotable-run.ts';

/** What becomes of a run: its own network, or, with folds, one that is trained anew on all their images. */
export type PromotedAs = 'run' | 'refit';

export interface PromotedNetwork {
  readonly as: PromotedAs;
  readonly network: Network;
  readonly weights: Weights;
  /** What this network says of the test images. */
  readonly test: readonly PredictionRow[];
  /** Of the run; test figures are those of this network. */
  readonly summary: Summary;
  /** What to know of it, in sentences. */
  readonly notes: readonly string[];
}

export interface PromotedNetworkOptions {
  /** Null for what the run has: `refit` with folds, else `run`. */
  readonly as: PromotedAs | null;
  readonly runsDir: string;
  readonly found: RunData | { readonly missing: string };
  readonly listener: AnalysisListener;
  readonly signal?: AbortSignal | undefined;
}

/** The network that a promotion exports. A UserError where the run cannot be promoted so. */
export async function promotedNetwork(
  store: Pick<RunStore, 'predictions'>,
  { run }: Pick<PromotableRun, 'run'>,
  { as, runsDir, found, listener, signal }: PromotedNetworkOptions,
): Promise<PromotedNetwork> {
  const { folds } = run.summary;
  if (!folds) {
    if (as === 'refit') {
      throw new UserError(
        `run ${run.id} was trained without folds, so there is nothing to refit: it is promoted as it is`,
        { kind: 'conflict' },
      );
    }
    const { exported: network } = buildModel(run.settings.model, run.classes.length);
    const modelFile = join(runsDir, 'runs', run.id, 'model', 'model.json');
    const weights = await loadTensorflowJsWeights(modelFile, network);
    const test = await store.predictions(run.id, 'test');
    return { as: 'run', network, weights, test, summary: run.summary, notes: [] };
  }
  if (as === 'run') {
    throw new UserError(
      `run ${run.id} has ${folds.length} networks, one a fold, and not one that could be promoted as it is: refit it`,
      { kind: 'conflict' },
    );
  }
  if ('missing' in found) {
    throw new UserError(`run ${run.id} cannot be refitted on all its training images: ${found.missing}`, {
      kind: 'conflict',
    });
  }
  const { dataset, settings } = found;
  const { best_epoch: epochs, val_accuracy } = run.summary;
  const { cacheDir, engine } = {
    cacheDir: join(runsDir, 'cache'),
    engine: await openEngine((run.provenance as { engine?: unknown }).engine, listener.note),
  };
  const observer = listener.beginTrial(0, 1, settings);
  const { network, weights, test } = await refitTrial(settings, dataset, {
    engine,
    cacheDir,
    observer,
    epochs,
    signal,
  });
  const summary = {
    ...run.summary,
    test_accuracy: test.accuracy,
    test_loss: test.loss,
    gap: val_accuracy - test.accuracy,
  };
  listener.endTrial(0, settings, summary);
  const images = trainingImagesOf(dataset).length;
  return {
    as: 'refit',
    network,
    weights,
    test: test.rows,
    summary,
    notes: [
      `Refitted: trained anew on all ${thousands(images)} training images for ${counted(epochs, 'epoch')}, the median of ${folds.length} folds; no image was held out. Test figures are this network's; validation figures are those of the folds' networks, each of images that it had not seen.`,
    ],
  };
}
