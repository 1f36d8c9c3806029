import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { modelProblems } from '../src/index.ts';
import { modelSettings, temporaryFolder } from './fixtures.ts';

const folder = temporaryFolder();
writeFileSync(join(folder, 'good.h5'), '');
writeFileSync(join(folder, 'model.json'), '{}');
writeFileSync(join(folder, 'weights.txt'), '');
mkdirSync(join(folder, 'folder.h5'));
const inFolder = (name: string) => ({ weights: join(folder, name) });

describe('problems of model settings', () => {
  it.each([
    ['the defaults', {}],
    ['a published alpha', { alpha: 0.35 }],
    ['any alpha with random weights', { alpha: 0.33, weights: 'random' }],
    ['any alpha from scratch, whatever the weights', { alpha: 0.33, scenario: 'from_scratch' }],
    ['a missing file from scratch', { weights: 'gone.h5', scenario: 'from_scratch' }],
    ['bundled weights with alpha 1', { weights: 'bundled' }],
    ['an alpha that the backbone does not read', { backbone: 'efficientnet_b0', alpha: 0.3 }],
    ['a published alpha of another backbone', { backbone: 'mobilenet_v3_large', alpha: 0.75 }],
    ['the block that a backbone unfreezes from', { backbone: 'resnet50', scenario: 'partial_unfreeze' }],
    ['a file of Keras', inFolder('good.h5')],
    ['a file of TensorFlow.js', inFolder('model.json')],
    ['a block to unfreeze from', { scenario: 'partial_unfreeze', unfreeze_from: 'expanded_conv' }],
    ['batch normalisation to unfreeze from', { scenario: 'partial_unfreeze', unfreeze_from: 'Conv_1_bn' }],
    ['a layer to unfreeze from', { scenario: 'partial_unfreeze', unfreeze_from: 'block_3_pad' }],
    ['an unknown layer that no scenario reads', { scenario: 'full_fine_tune', unfreeze_from: 'nowhere' }],
  ] as const)('has none with %s', (_, settings) => {
    expect(modelProblems(modelSettings(settings))).toEqual([]);
  });

  it.each([
    [
      { alpha: 0.33 },
      'alpha',
      /found 0.33; allowed: with weights: imagenet 0.35, 0.5, 0.75, 1, 1.3, 1.4; with/,
    ],
    [
      { backbone: 'efficientnet' },
      'backbone',
      /found "efficientnet"; allowed: mobilenet_v2, .*efficientnet_b0, .*resnet50, .*or an ONNX file \(FILE.onnx\); did you mean efficientnet_b/,
    ],
    [{ backbone: 'mobilnet_v2' }, 'backbone', /; did you mean mobilenet_v2\?$/],
    [{ backbone: 'toString' }, 'backbone', /found "toString"; allowed: mobilenet_v2/],
    [{ backbone: 'mobilenet_v3_small', alpha: 0.35 }, 'alpha', /allowed: with weights: imagenet 0.75, 1; /],
    [
      { backbone: 'resnet50', weights: 'bundled' },
      'weights',
      /found "bundled"; allowed: with model.backbone mobilenet_v2 alone$/,
    ],
    [
      { backbone: 'efficientnet_b0', scenario: 'partial_unfreeze', unfreeze_from: 'block_14' },
      'unfreeze_from',
      /allowed: a block \(block1a, block2a to block7a\)/,
    ],
    [{ alpha: 0.35, weights: 'bundled' }, 'alpha', /found 0.35; allowed: with weights: bundled 1$/],
    [{ weights: 'imagnet' }, 'weights', /found "imagnet"; allowed: imagenet, .*; did you mean imagenet\?$/],
    [
      { weights: 'gone.h5' },
      'weights',
      /found "gone.h5", which does not exist; allowed: imagenet, bundled, random/,
    ],
    [inFolder('folder.h5'), 'weights', /folder.h5", which is a folder; allowed: /],
    [inFolder('weights.txt'), 'weights', /weights.txt"; allowed: .*Keras \(.h5\) or TensorFlow.js/],
    [
      { scenario: 'partial_unfreeze', unfreeze_from: 'blok_14' },
      'unfreeze_from',
      /found "blok_14"; allowed: a block \(expanded_conv, block_1 to block_16\).*did you mean block_14\?$/,
    ],
    ...(['block14', 'block-14', 'Block 14'] as const).map(
      (unfreeze_from) =>
        [
          { scenario: 'partial_unfreeze', unfreeze_from },
          'unfreeze_from',
          /; did you mean block_14\?$/,
        ] as const,
    ),
    [
      { scenario: 'partial_unfreeze', unfreeze_from: 'block_17' },
      'unfreeze_from',
      /found "block_17"; allowed: .*154 layers \(Conv1, bn_Conv1, ... out_relu, global_average_pooling2d\)/,
    ],
    [{ scenario: 'partial_unfreeze', unfreeze_from: 'block' }, 'unfreeze_from', /found "block"; allowed: /],
    [
      { scenario: 'partial_unfreeze', unfreeze_from: 'out_relu' },
      'unfreeze_from',
      /found "out_relu", from which on nothing of the backbone trains; allowed: a layer or block in front of it/,
    ],
    [
      { scenario: 'partial_unfreeze', unfreeze_from: 'Conv_1_bn', batch_norm: 'frozen' },
      'unfreeze_from',
      /found "Conv_1_bn", from which on nothing .* while its batch normalisation is frozen; allowed: /,
    ],
    [{ scenario: 'partial_unfreeze', unfreeze_from: 'dense' }, 'unfreeze_from', /found "dense"; allowed: /],
  ] as const)('%j: one problem of model.%s', (settings, key, message) => {
    const problems = modelProblems(modelSettings(settings));
    expect(problems).toEqual([{ path: ['model', key], message: expect.stringMatching(message) as string }]);
  });
});
