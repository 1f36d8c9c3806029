import { settingsSchema } from '@thaw/experiment';
import { buildModel } from '@thaw/model';
import { expect, it } from 'vitest';
import { checkpointVersion } from '../src/checkpoint/checkpoint-version.ts';

const training = { epochs: 4, warm_head: { epochs: 1 } };

it.each([
  ['dropout in two phases', { head_dropout: 0.4 }, training, 2],
  ['no dropout', { head_dropout: 0 }, training, 1],
  ['one phase', { head_dropout: 0.4 }, { epochs: 4 }, 1],
])('of a training with %s, earlier checkpoints are wrong where its masks are others now', (...given) => {
  const [, head, words, version] = given;
  const model = { alpha: 0.35, image_size: 32, scenario: 'full_fine_tune', ...head };
  const settings = settingsSchema.parse({ model, training: words });
  const layers = buildModel(settings.model, 2);
  expect(checkpointVersion(settings, layers.network, layers)).toBe(version);
});
