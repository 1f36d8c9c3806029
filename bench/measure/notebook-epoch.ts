import type { BenchContext } from '../claim.ts';
import { median } from './statistics.ts';

/** Batches of 32 that a round reads: enough to time, few enough to repeat. */
const steps = 20;

/**
 * Seconds that one epoch of the Keras notebook takes on this data: frozen MobileNetV2 of alpha 1.0, images read with
 * ImageDataGenerator, validation included; reckoned from timed batches. Null without the peer.
 */
export async function notebookEpoch({ data, keras, note }: BenchContext): Promise<number | null> {
  if (!keras) return null;
  note('Keras: the notebook, head only');
  const options = { data: data.folder, classes: data.classes, trainableFrom: 'head', steps, rounds: 3 };
  const rounds = await keras.time(options);
  const training = median(rounds.map((round) => round.train_ms)) * data.trainImages * 0.8;
  const validation = median(rounds.map((round) => round.validation_ms)) * data.trainImages * 0.2;
  return (training + validation) / 1000;
}
