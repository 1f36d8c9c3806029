import { join } from 'node:path';
import { Random } from '@thaw/base';
import { settingsSchema } from '@thaw/experiment';
import { buildModel, encodeOnnxModel, initializeWeights } from '@thaw/model';
import { preprocessingOf, writeArtifact } from '@thaw/serving';
import { openModelStore } from '@thaw/tracking';

export const labels = ['a', 'b', 'c'];

/** A tiny model with random weights, version 1 of `cells`. */
export async function makeModel(runsDir: string): Promise<void> {
  const settings = settingsSchema.parse({
    dataset: { path: join(runsDir, 'gone') },
    model: { alpha: 0.35, image_size: 32, weights: 'random', head_units: 4 },
  });
  const { network } = buildModel(settings.model, labels.length);
  const weights = initializeWeights(
    network,
    new Random('weights'),
    network.layers.map(({ name }) => name),
  );
  const features = Float32Array.from({ length: 2 * 1280 }, () => Math.sqrt(1 / 1280));
  const images = ['one', 'two'].map((name) => ({ file: `${name}.jpeg`, label: 'a', sha256: '' }));
  const preprocessing = preprocessingOf(settings, network);
  const onnx = encodeOnnxModel(network, weights, {});
  const provenance = {
    git: null,
    node: '',
    platform: '',
    arch: '',
    cpu: '',
    cores: 1,
    memory_bytes: 1,
    packages: {},
  };
  const summary = {
    epochs: 1,
    best_epoch: 1,
    train_accuracy: 0,
    train_loss: 0,
    val_accuracy: 0,
    val_loss: 0,
    test_accuracy: 0,
    test_loss: 0,
    gap: 0,
  };
  await openModelStore(runsDir).createVersion(
    'cells',
    {
      run: 'r',
      sweep: null,
      trial: 0,
      as: 'run',
      parameters: {},
      settings,
      paths: {},
      summary,
      classes: labels,
      provenance,
      weights_sha256: '',
      choice: { by: 'run', metric: null, notes: [] },
      verified: null,
    },
    (temporary) =>
      writeArtifact(temporary, {
        network,
        weights,
        onnx,
        labels,
        preprocessing,
        card: '---\ntags: [thaw]\n---\nA model.\n',
        origin: {},
        neighbours: { images, features },
      }),
  );
}
