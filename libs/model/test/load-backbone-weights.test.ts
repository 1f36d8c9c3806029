import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { sha256File, UserError } from '@thaw/base';
import { tensor } from '@thaw/compute';
import { describe, expect, it } from 'vitest';
import {
  backbones,
  buildModel,
  hashWeights,
  loadBackboneWeights,
  saveTensorflowJsModel,
  weightShapes,
} from '../src/index.ts';
import { modelSettings, randomWeights, temporaryFolder, writeKerasHdf5 } from './fixtures.ts';

const shared = resolve(import.meta.dirname, '../../../../shared/weights');
const small = { alpha: 0.35, image_size: 32 };
const { network } = buildModel(modelSettings(small), 4);
const backbone = backbones.mobilenet_v2.network({ alpha: 0.35, imageSize: 32 });
const backboneNames = [...weightShapes(backbone).keys()];

const load = (settings: Parameters<typeof modelSettings>[0], seed = 1, cacheDir = temporaryFolder()) =>
  loadBackboneWeights(modelSettings({ ...small, ...settings }), network, { cacheDir, seed });

async function kerasFile(alpha: number, folder = temporaryFolder(), name = 'weights.h5') {
  const weights = randomWeights(backbones.mobilenet_v2.network({ alpha, imageSize: 32 }));
  const path = join(folder, name);
  await writeKerasHdf5(path, weights);
  return { path, weights };
}

describe('the weights of a backbone', () => {
  it('are those of a Keras file', async () => {
    const { path, weights } = await kerasFile(0.35);
    const loaded = await load({ weights: path });
    expect(hashWeights(loaded.weights)).toBe(hashWeights(weights));
    expect(loaded).toMatchObject({ origin: path, sha256: await sha256File(path) });
  });

  it('are those of a TensorFlow.js model, whose head is left out', async () => {
    const folder = temporaryFolder();
    const weights = randomWeights(network);
    await saveTensorflowJsModel(folder, network, weights, {});
    const loaded = await load({ weights: join(folder, 'model.json') });
    expect([...loaded.weights.keys()]).toEqual(backboneNames);
    const kept = new Map(backboneNames.map((name) => [name, weights.get(name)!]));
    expect(hashWeights(loaded.weights)).toBe(hashWeights(kept));
  });

  it('for imagenet are those of Keras’s file in the cache', async () => {
    const cache = temporaryFolder();
    mkdirSync(join(cache, 'weights'));
    const name = 'mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_224_no_top.h5';
    const { weights } = await kerasFile(0.35, join(cache, 'weights'), name);
    const loaded = await load({ weights: 'imagenet' }, 1, cache);
    expect(hashWeights(loaded.weights)).toBe(hashWeights(weights));
    expect(loaded.origin).toBe(`imagenet (${name})`);
  });

  it('are random ones that depend on the seed alone', async () => {
    const [one, same, other] = [
      await load({ weights: 'random' }),
      await load({ weights: 'random' }),
      await load({ weights: 'random' }, 2),
    ];
    expect([...one.weights.keys()]).toEqual(backboneNames);
    expect(one.origin).toBe('random (seed 1)');
    expect(hashWeights(one.weights)).toBe(hashWeights(same.weights));
    expect(one.sha256).toBe(same.sha256);
    expect(hashWeights(one.weights)).not.toBe(hashWeights(other.weights));
    expect(one.sha256).not.toBe(other.sha256);
  });

  it('are random from scratch, whatever the weights', async () => {
    const scratch = await load({ scenario: 'from_scratch', weights: 'gone.h5' });
    expect(scratch.sha256).toBe((await load({ weights: 'random' })).sha256);
  });

  it('bundled are the ones inside nsfwjs', async () => {
    const settings = modelSettings({ weights: 'bundled' });
    const whole = buildModel(settings, 4).network;
    const loaded = await loadBackboneWeights(settings, whole, { cacheDir: temporaryFolder(), seed: 1 });
    expect(loaded.weights.size).toBe(260);
    expect(loaded.sha256).toBe('8e7dddbb16acacc1bf1601b1b8a761e730ff934b7f2d7771312b2f000e5f5f13');
    expect(loaded.origin).toMatch(/nsfwjs 4\.2\.1.*MIT/);
    // Batch normalisation of a trained network: variances positive, not all one.
    const variance = loaded.weights.get('block_5_project_BN/moving_variance')!.data;
    expect(Math.min(...variance)).toBeGreaterThan(0);
    expect(new Set(variance).size).toBeGreaterThan(10);
  });

  it('of another alpha are refused with the alpha that they fit', async () => {
    const { path } = await kerasFile(0.5);
    const wrong = load({ weights: path });
    await expect(wrong).rejects.toThrow(UserError);
    await expect(wrong).rejects.toThrow(
      /weights.h5 are not those of mobilenet_v2 with alpha 0.35: .* has shape \[.*\], not \[.*\]; and \d+ more. They fit alpha 0.5: set model.alpha to that.$/,
    );
  });

  describe('of EfficientNet', () => {
    const efficient = (settings: Parameters<typeof modelSettings>[0]) => {
      const model = modelSettings({ image_size: 32, ...settings });
      const { network } = buildModel(model, 4);
      return loadBackboneWeights(model, network, { cacheDir: temporaryFolder(), seed: 1 });
    };
    /** A file as Keras writes it, with these variances of its Normalization and the count of images that Thaw does not read. */
    async function file(
      variance: readonly number[],
      name: keyof typeof backbones = 'efficientnet_b0',
      number = '',
    ) {
      const network = backbones[name].network({ alpha: 1, imageSize: 32 });
      const shapes = [...weightShapes(network)];
      const zeros = new Map(shapes.map(([key, shape]) => [key, tensor(shape)]));
      zeros.set('normalization/variance', tensor([3], Float32Array.from(variance)));
      const [mean, spread, ...others] = zeros;
      const count = ['normalization/count', tensor([])] as const;
      const path = join(temporaryFolder(), 'weights.h5');
      const own = [mean!, spread!, count].map(
        ([key, value]) => [key.replace('/', `${number}/`), value] as const,
      );
      const classifier = number === '' ? [] : [['predictions/bias', tensor([4])] as const];
      await writeKerasHdf5(path, new Map([...own, ...others, ...classifier]));
      return path;
    }
    const deviations = [0.229, 0.224, 0.225];
    const varianceOf = ({ weights }: Awaited<ReturnType<typeof efficient>>) => [
      ...weights.get('normalization/variance')!.data,
    ];

    it('divide by the standard deviation where a file has it in the place of the variance, as those that Keras publishes', async () => {
      const loaded = await efficient({ backbone: 'efficientnet_b0', weights: await file(deviations) });
      const squares = varianceOf(loaded).map((value, i) => value / deviations[i]! ** 2);
      for (const ratio of squares) expect(ratio).toBeCloseTo(1, 5);
      expect(loaded.origin).toMatch(
        /weights\.h5 \(input over ImageNet's standard deviations, as with Keras's/,
      );
    });

    it('have the variance that a file has where that is one', async () => {
      const variances = deviations.map((value) => value ** 2);
      const loaded = await efficient({ backbone: 'efficientnet_b0', weights: await file(variances) });
      expect(varianceOf(loaded)).toEqual([...Float32Array.from(variances)]);
      expect(loaded.origin).toMatch(/weights\.h5$/);
    });

    it('of a classifier that was not the first of a Python session have the Normalization that Keras numbered', async () => {
      const weights = await file([1, 2, 3], 'efficientnet_b0', '_1');
      expect(varianceOf(await efficient({ backbone: 'efficientnet_b0', weights }))).toEqual([1, 2, 3]);
    });

    it('of a larger one are refused, although all of the smaller are among them', async () => {
      const weights = await file(deviations, 'efficientnet_b1');
      await expect(efficient({ backbone: 'efficientnet_b0', weights })).rejects.toThrow(
        /weights\.h5 are those of efficientnet_b1, of which efficientnet_b0 is a part: set model\.backbone to that\.$/,
      );
    });

    it('of another backbone are refused with the one that they fit', async () => {
      const weights = await file(deviations);
      await expect(efficient({ backbone: 'mobilenet_v3_small', weights })).rejects.toThrow(
        /are not those of mobilenet_v3_small with alpha 1: .*\. They fit efficientnet_b0: set model\.backbone to that\.$/,
      );
    });

    it('that are random standardise nothing', async () => {
      const { weights } = await efficient({ backbone: 'efficientnet_b0', weights: 'random' });
      expect([...weights.get('normalization/variance')!.data]).toEqual([1, 1, 1]);
      expect([...weights.get('normalization/mean')!.data]).toEqual([0, 0, 0]);
    });
  });

  it('of the minimalistic form of MobileNetV3 are refused with its name', async () => {
    const minimalistic = backbones.mobilenet_v3_small_minimalistic.network({ alpha: 1, imageSize: 32 });
    const weights = join(temporaryFolder(), 'weights.h5');
    await writeKerasHdf5(weights, randomWeights(minimalistic));
    const settings = modelSettings({ backbone: 'mobilenet_v3_small', image_size: 32, weights });
    const whole = buildModel(settings, 4).network;
    await expect(
      loadBackboneWeights(settings, whole, { cacheDir: temporaryFolder(), seed: 1 }),
    ).rejects.toThrow(
      /They fit mobilenet_v3_small_minimalistic: set model\.backbone to that and model\.alpha to 1\.$/,
    );
  });

  it.each([
    ['gone.h5', /There is no file gone.h5/],
    ['weights.txt', /weights.txt is not a weights file. Allowed extensions: .h5, .hdf5, .json/],
  ])('from %s are refused', async (weights, message) => {
    await expect(load({ weights })).rejects.toThrow(message);
  });

  it.skipIf(!existsSync(shared)).each([0.35, 1])(
    'with alpha %d load whole from Keras’s file (needs ../shared)',
    async (alpha) => {
      const name = `mobilenetv2_${alpha === 1 ? '1.0' : alpha}_224`;
      const file = backbones.mobilenet_v2.imagenet!.file(alpha, 224);
      const settings = modelSettings({ alpha, weights: join(shared, name, file) });
      const whole = buildModel(settings, 4).network;
      const { weights, isFolded } = await loadBackboneWeights(settings, whole, {
        cacheDir: temporaryFolder(),
        seed: 1,
      });
      const expected = weightShapes(backbones.mobilenet_v2.network({ alpha, imageSize: 224 }));
      expect([...weights].map(([weight, { shape }]) => [weight, shape])).toEqual([...expected]);
      const finite = [...weights.values()].every(({ data }) => data.every(Number.isFinite));
      expect(finite).toBe(true);
      expect(isFolded).toBe(alpha === 1);
    },
  );
});
