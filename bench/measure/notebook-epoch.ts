import type { BenchContext } from '../claim.ts';

/** Batches of 32 that a round reads: enough to time, few enough to repeat. */
const steps = 10;
const rounds = 3;

const measured = new WeakMap<object, Promise<readonly number[]>>();

/**
 * Seconds that one epoch of the Keras notebook takes on this data, reckoned from a few timed batches, once for each of several
 * rounds: frozen MobileNetV2 of alpha 1.0, images read with ImageDataGenerator, validation included. Measured once a bench;
 * none without the peer.
 */
export async function notebookEpochs({ data, keras, note }: BenchContext): Promise<readonly number[]> {
  if (!keras) return [];
  const known = measured.get(keras);
  if (known) return known;
  note('Keras: the notebook, head only');
  const options = { data: data.folder, classes: data.classes, trainableFrom: 'head', steps, rounds };
  const epochs = keras
    .time(options)
    .then((timed) =>
      timed.map(
        ({ train_ms, validation_ms }) => (data.trainImages * (0.8 * train_ms + 0.2 * validation_ms)) / 1000,
      ),
    );
  measured.set(keras, epochs);
  return epochs;
}
