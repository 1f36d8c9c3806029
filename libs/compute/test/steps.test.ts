import { describe, expect, test } from 'vitest';
import { planSteps } from '../src/engines/plan-steps.ts';
import type { Layer } from '../src/network.ts';
import { conv, head, manySided, norm, relu } from './networks.ts';

/** Each step as the layers it does, in order. */
function plan(layers: Layer[], shape: readonly number[] = [8, 8, 4]): string[] {
  return planSteps({ input: { name: 'x', shape }, layers }).map((step) => {
    if (step.type !== 'conv') return step.output;
    const { convolution, normalization, residual } = step;
    const parts = [convolution?.name, normalization?.name, residual && `+${residual}`, step.relu && 'relu'];
    return `${parts.filter(Boolean).join(' ')} -> ${step.output}`;
  });
}

const add: Layer = { type: 'Add', name: 'add', inputs: ['x', 'a_bn'] };

const cases: [name: string, layers: Layer[], steps: string[]][] = [
  [
    'a convolution takes along normalisation and ReLU',
    [conv('a', 'x', 4), norm('a_bn', 'a'), relu('a_relu', 'a_bn')],
    ['a a_bn relu -> a_relu'],
  ],
  [
    'a convolution takes along a residual, and the ReLU behind it',
    [conv('a', 'x', 4), norm('a_bn', 'a'), add, relu('r', 'add')],
    ['a a_bn +x relu -> r'],
  ],
  [
    'the residual is the other one, whichever comes first',
    [conv('a', 'x', 4), { ...add, inputs: ['a', 'x'] }],
    ['a +x -> add'],
  ],
  [
    'what somebody else needs stays apart',
    [conv('a', 'x', 4), norm('a_bn', 'a'), relu('r', 'a'), { ...add, inputs: ['a_bn', 'r'] }],
    ['a -> a', 'a_bn -> a_bn', 'relu -> r', '+r -> add'],
  ],
  ['a tensor added to itself', [conv('a', 'x', 4), { ...add, inputs: ['a', 'a'] }], ['a -> a', '+a -> add']],
  ['a network cut in front of normalisation', [norm('n', 'x'), relu('r', 'n')], ['n relu -> r']],
  ['a network cut in front of ReLU', [relu('r', 'x'), conv('a', 'r', 4)], ['relu -> r', 'a -> a']],
  ['a network cut in front of its head', head('x'), ['pool', 'hidden', 'predictions']],
];

describe('steps', () => {
  test.each(cases)('%s', (_, layers, steps) => {
    expect(plan(layers)).toEqual(steps);
  });

  test('of the whole test network, with their shapes', () => {
    const steps = planSteps(manySided);
    expect(steps.map((step) => step.output)).toEqual([
      'stem_relu',
      'depthwise_relu',
      'add',
      'expand_relu',
      'strided_relu',
      'wide_relu',
      'pool',
      'hidden',
      'predictions',
    ]);
    const [stem, , , , strided] = steps;
    expect(stem).toMatchObject({
      padding: { top: 1, bottom: 1, left: 1, right: 1 },
      outputShape: { height: 8, width: 7, channels: 10 },
    });
    expect(strided).toMatchObject({ outputShape: { height: 4, width: 4, channels: 21 } });
  });

  test('pad an even image with stride 2 at the bottom and the right only', () => {
    const [step] = planSteps({
      input: { name: 'x', shape: [8, 8, 4] },
      layers: [conv('a', 'x', 4, { kernelSize: 3, strides: 2 })],
    });
    expect(step).toMatchObject({
      padding: { top: 0, bottom: 1, left: 0, right: 1 },
      outputShape: { height: 4, width: 4 },
    });
  });

  test.each([
    ['a ReLU', relu('before', 'x'), true],
    ['batch normalisation', norm('before', 'x'), false],
  ])('of max pooling know whether they read %s', (_, before, behindRelu) => {
    const layers: Layer[] = [
      before,
      { type: 'ZeroPadding2D', name: 'pad', inputs: ['before'], padding: [1, 1, 1, 1] },
      { type: 'MaxPooling2D', name: 'pool', inputs: ['pad'], poolSize: 3, strides: 2 },
    ];
    expect(planSteps({ input: { name: 'x', shape: [8, 8, 4] }, layers }).at(-1)).toMatchObject({
      behindRelu,
    });
  });

  const mistakes: [message: string, layers: Layer[]][] = [
    ['d needs flat features', [{ type: 'Dense', name: 'd', inputs: ['x'], units: 1, activation: 'linear' }]],
    ['nowhere is no image that comes before its use', [conv('a', 'nowhere', 4)]],
    ['a gets an image smaller than its kernel', [conv('a', 'x', 4, { kernelSize: 9, padding: 'valid' })]],
    [
      'p must be followed by a convolution',
      [{ type: 'ZeroPadding2D', name: 'p', inputs: ['x'], padding: [1, 1, 1, 1] }],
    ],
  ];
  test.each(mistakes)('are refused: %s', (message, layers) => {
    expect(() => plan(layers)).toThrow(new RangeError(message));
  });
});
