import { readExperiment } from '@thaw/experiment';
import { expect, test } from 'vitest';
import { checkUnfreezing } from '../src/begin/check-unfreezing.ts';

/** As after the weights of the experiment were read, of which those of alpha 1 have their batch normalisation folded in. */
function check(model: string): void {
  const text = `model:\n  scenario: partial_unfreeze\n${model}`;
  checkUnfreezing(readExperiment(text, 'e.yaml'), '/', ({ alpha }) => alpha === 1);
}

test('batch normalisation alone is refused where it stays frozen, at its line, before anything is trained', () => {
  check('  alpha: 0.35\n  unfreeze_from: Conv_1_bn\n');
  check('  unfreeze_from: Conv_1_bn\n  batch_norm: trainable\n');
  check('  unfreeze_from: Conv_1\n');
  const message =
    'e.yaml:3: model.unfreeze_from: found "Conv_1_bn", from which on nothing of the backbone trains';
  for (const more of ['', 'parameters: {model.alpha: {values: [0.35, 1.0]}}\n']) {
    expect(() => {
      check(`  unfreeze_from: Conv_1_bn\n${more}`);
    }).toThrow(message);
  }
});
