import type { Engine, Network } from '@thaw/compute';
import type { Dataset } from '@thaw/data';
import type { PredictionRow, Summary } from '@thaw/experiment';
import { argmax } from '@thaw/metrics';
import type { InputSource } from './sources/input-source.ts';
import type { TrialObserver } from './observer.ts';
import { predictImages } from './predict-images.ts';
import { score } from './score.ts';
import type { Trained } from './train-epochs.ts';

export interface Evaluation {
  readonly summary: Summary;
  readonly predictions: { readonly validation: PredictionRow[]; readonly test: PredictionRow[] };
}

/** What a trained network says of the validation and test images, and what a trial comes to by that. */
export async function evaluateTrained(
  { epochs, kept, weights }: Trained,
  dataset: Dataset,
  network: Network,
  source: InputSource,
  { engine, observer }: { readonly engine: Engine; readonly observer: TrialObserver },
): Promise<Evaluation> {
  const { classes, validation, test } = dataset;
  const predictor = await engine.predictor(network, weights);
  try {
    const images = [...validation, ...test];
    const rows = await predictImages(predictor, source, images, (done) =>
      observer.phase('evaluation', done, images.length),
    );
    const [onValidation, onTest] = [rows.slice(0, validation.length), rows.slice(validation.length)];
    const [val, tested] = [score(validation, onValidation), score(test, onTest)];
    return {
      predictions: {
        validation: predictionRows(validation, onValidation, classes),
        test: predictionRows(test, onTest, classes),
      },
      summary: {
        epochs,
        best_epoch: kept.epoch,
        train_accuracy: kept.accuracy,
        train_loss: kept.loss,
        val_accuracy: val.accuracy,
        val_loss: val.loss,
        test_accuracy: tested.accuracy,
        test_loss: tested.loss,
        gap: val.accuracy - tested.accuracy,
      },
    };
  } finally {
    await predictor.dispose();
  }
}

function predictionRows(
  images: Dataset['test'],
  probabilities: readonly Float32Array[],
  classes: readonly string[],
): PredictionRow[] {
  return images.map((image, i) => ({
    file: image.name,
    label: classes[image.label]!,
    predicted: classes[argmax(probabilities[i]!)]!,
    probabilities: [...probabilities[i]!],
  }));
}
