import { expect, test } from 'vitest';
import { backbones } from '../src/backbones.ts';
import { blockDepths } from '../src/block-depths.ts';

test('depths count blocks from the head down: the last layers, the blocks, the first layers', () => {
  const { network, blocks } = backbones.mobilenet_v2;
  const { layers } = network({ alpha: 0.35, imageSize: 96 });
  const depths = blockDepths(layers, blocks);
  expect(depths.size).toBe(layers.length);
  expect(depths.get('Conv_1_bn')).toBe(1);
  expect(depths.get('block_16_expand')).toBe(2);
  expect(depths.get('block_1_depthwise')).toBe(17);
  expect(depths.get('expanded_conv_project')).toBe(18);
  expect(depths.get('bn_Conv1')).toBe(19);
  expect(Math.max(...depths.values())).toBe(blocks.length + 2);
});
