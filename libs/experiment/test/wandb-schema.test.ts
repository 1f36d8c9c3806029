import { describe, expect, it, test } from 'vitest';
import { gridSize, readExperiment } from '../src/index.ts';

const read = (text: string) => readExperiment(text, 'e.yaml');

function messagesOf(text: string): string[] {
  try {
    read(text);
  } catch (error) {
    return (error as Error).message.split('\n');
  }
  return [];
}

/** A file with one parameter, drawn at random. */
const drawn = (setting: string, words: string) => `method: random\nparameters:\n  ${setting}: {${words}}\n`;

describe("W&B's own examples", () => {
  it('reads its first example, whose parameters are named without their section', () => {
    const { method, metric, parameters, notes } = read(`name: sweepdemo
method: bayes
metric:
  goal: minimize
  name: val_loss
parameters:
  learning_rate:
    min: 0.0001
    max: 0.1
  batch_size:
    values: [16, 32, 64]
  epochs:
    values: [5, 10, 15]
  optimizer:
    values: ["adam", "sgd"]
`);
    expect({ method, metric }).toEqual({
      method: 'bayes',
      metric: { name: 'val_loss', goal: 'minimize', target: null },
    });
    expect(parameters).toEqual({
      'training.learning_rate': { distribution: 'uniform', min: 0.0001, max: 0.1 },
      'training.batch_size': { values: [16, 32, 64] },
      'training.epochs': { values: [5, 10, 15] },
      'training.optimizer': { values: ['adam', 'sgd'] },
    });
    expect(notes).toEqual([]);
  });

  it('reads nested parameters, distributions and hyperband, and leaves out where runs are kept and started', () => {
    const experiment = read(`job: lab/cells/train:v1
project: cells
entity: lab
apiVersion: 1
method: bayes
run_cap: 40
metric: {name: val_accuracy, goal: maximize, target: 0.99, impute: worst}
early_terminate:
  type: hyperband
  s: 2
  eta: 3
  max_iter: 27
parameters:
  training:
    parameters:
      optimizer: {value: sgd}
      momentum: {distribution: uniform, min: 0, max: 0.99}
      learning_rate: {distribution: log_uniform_values, min: 0.0001, max: 0.1}
  model:
    parameters:
      head_units: {distribution: q_log_uniform_values, q: 8, min: 32, max: 256}
`);
    expect(experiment.parameters).toEqual({
      'training.optimizer': { values: ['sgd'] },
      'training.momentum': {
        distribution: 'uniform',
        min: 0,
        max: 0.99,
        when: { 'training.optimizer': ['sgd', 'rmsprop'] },
      },
      'training.learning_rate': { distribution: 'log_uniform_values', min: 0.0001, max: 0.1 },
      'model.head_units': { distribution: 'q_log_uniform_values', q: 8, min: 32, max: 256 },
    });
    expect(experiment.early_terminate).toEqual({
      type: 'hyperband',
      s: 2,
      eta: 3,
      max_iter: 27,
      strict: true,
    });
    expect(experiment.metric.target).toBe(0.99);
    expect(experiment.notes.map((note) => note.split(' ')[0])).toEqual([
      'job',
      'project',
      'entity',
      'apiVersion',
      'metric.impute',
    ]);
  });

  test.each<[words: string, parameter: object]>([
    ['min: 1, max: 8', { distribution: 'int_uniform', min: 1, max: 8 }],
    ['distribution: int_uniform, min: 1, max: 8', { distribution: 'int_uniform', min: 1, max: 8 }],
    ['distribution: q_uniform, min: 8, max: 64, q: 8', { distribution: 'q_uniform', min: 8, max: 64, q: 8 }],
    ['distribution: q_uniform, min: 8, max: 64', { distribution: 'q_uniform', min: 8, max: 64, q: 1 }],
    ['distribution: q_log_uniform, min: 1, max: 4', { distribution: 'q_log_uniform', min: 1, max: 4, q: 1 }],
    ['distribution: q_normal, mu: 50, sigma: 5', { distribution: 'q_normal', mu: 50, sigma: 5, q: 1 }],
    [
      'distribution: q_log_normal, mu: 4, sigma: 0.5, q: 2',
      { distribution: 'q_log_normal', mu: 4, sigma: 0.5, q: 2 },
    ],
    [
      'distribution: categorical_w_probabilities, values: [8, 16], probabilities: [0.25, 0.75]',
      { values: [8, 16], probabilities: [0.25, 0.75] },
    ],
    ['values: [8, 16], probabilities: [0.25, 0.75]', { values: [8, 16], probabilities: [0.25, 0.75] }],
    ['distribution: constant, value: 8', { values: [8] }],
  ])('a whole setting takes {%s}', (words, parameter) => {
    expect(read(drawn('head_units', words)).parameters['model.head_units']).toEqual(parameter);
  });

  test.each<[words: string, parameter: object]>([
    ['min: 0.5, max: 1.5', { distribution: 'uniform', min: 0.5, max: 1.5 }],
    ['min: 1.0, max: 2.0', { distribution: 'uniform', min: 1, max: 2 }],
    ['distribution: uniform, min: 1, max: 2', { distribution: 'uniform', min: 1, max: 2 }],
    ['distribution: log_uniform, min: -9, max: -2', { distribution: 'log_uniform', min: -9, max: -2 }],
    ['distribution: inv_log_uniform, min: 2, max: 9', { distribution: 'inv_log_uniform', min: 2, max: 9 }],
    [
      'distribution: inv_log_uniform_values, min: 0.001, max: 0.1',
      { distribution: 'inv_log_uniform_values', min: 0.001, max: 0.1 },
    ],
    ['distribution: normal, mu: 1, sigma: 0.1', { distribution: 'normal', mu: 1, sigma: 0.1 }],
    ['distribution: log_normal', { distribution: 'log_normal', mu: 0, sigma: 1 }],
    ['distribution: beta, a: 2, b: 5', { distribution: 'beta', a: 2, b: 5 }],
    ['distribution: q_beta, q: 0.4', { distribution: 'q_beta', a: 1, b: 1, q: 0.4 }],
  ])('a real setting takes {%s}', (words, parameter) => {
    const text = drawn('learning_rate', words);
    if (words.includes('q_beta'))
      expect(messagesOf(text)).toEqual([expect.stringContaining('found values such as 0')]);
    else expect(read(text).parameters['training.learning_rate']).toEqual(parameter);
  });

  it('counts the values of quantised distributions for a grid', () => {
    const size = (words: string) => gridSize(read(`parameters:\n  head_units: {${words}}\n`).parameters);
    expect(size('min: 8, max: 16')).toBe(9);
    expect(size('distribution: q_uniform, min: 8, max: 64, q: 8')).toBe(7);
  });

  test.each([
    // From min in steps of q, max left out.
    [
      'min: 8, max: 64, q: 8',
      [8, 16, 24, 32, 40, 48, 56],
      /^parameters\.model\.head_units is 8 to 56 in a grid, .*; where values are drawn it is 8 to 64$/,
    ],
    ['min: 5, max: 26, q: 10', [5, 15, 25], /is 5 to 25 in a grid, .* drawn it is 10 to 20$/],
    ['min: 10, max: 35, q: 10', [10, 20, 30], null],
  ])('lists q_uniform in a grid as W&B does: {%s}', (words, values, note) => {
    const { parameters, notes } = read(`parameters:\n  head_units: {distribution: q_uniform, ${words}}\n`);
    expect(parameters['model.head_units']).toEqual({ values });
    expect(notes).toEqual(note === null ? [] : [expect.stringMatching(note)]);
  });

  it('tries a repeated value once, or draws it as often as it is listed, and says so', () => {
    const grid = read('parameters:\n  head_units: {values: [8, 16, 8]}\n');
    expect(grid.parameters['model.head_units']).toEqual({ values: [8, 16] });
    expect(grid.notes).toEqual(['parameters.model.head_units lists 8 more than once: each is tried once']);
    const random = read('method: random\nparameters:\n  head_units: {values: [8, 16, 8, 32]}\n');
    expect(random.parameters['model.head_units']).toEqual({
      values: [8, 16, 32],
      probabilities: [0.5, 0.25, 0.25],
    });
    expect(random.notes).toEqual([
      expect.stringMatching(/lists 8 more than once: each is drawn as often as it is listed$/),
    ]);
  });

  test.each([
    ['min_iter: 3, s: 2', { min_iter: 3 }, 'early_terminate.s is not read beside min_iter, as in W&B'],
    [
      'min_iter: 3, max_iter: 27, s: 2',
      { max_iter: 27, s: 2 },
      'early_terminate.min_iter is not read beside max_iter and s, as in W&B',
    ],
  ])('takes hyperband with {%s}', (words, rule, note) => {
    const text = `parameters:\n  head_units: {values: [8, 16]}\nearly_terminate: {type: hyperband, ${words}}\n`;
    const { early_terminate, notes } = read(text);
    expect(early_terminate).toEqual({ type: 'hyperband', ...rule, eta: 3, strict: true });
    expect(notes).toEqual([note]);
  });
});

describe('a parameter with a mistake names the line, what was found and what is allowed', () => {
  test.each<[words: string, ...says: string[]]>([
    ['distribution: log_unifrom, min: 1, max: 2', 'found "log_unifrom"', 'did you mean log_uniform?'],
    ['distribution: uniform, min: 1', 'training.learning_rate.max: found nothing', 'allowed: a number'],
    ['min: 1.5', 'learning_rate.max: found nothing', 'allowed: a number'],
    ['distribution: uniform, min: 2, max: 1', 'learning_rate.min: found 2', 'below max, which is 1'],
    ['distribution: log_uniform_values, min: 0, max: 1', 'learning_rate.min: found 0', 'a number above 0'],
    [
      'distribution: log_uniform, min: 0.0001, max: 0.1',
      'found log_uniform from 0.0001 to 0.1, which are exponents: it draws from 1.00 to 1.11',
      'log_uniform_values',
      'exponents such as -9.2',
    ],
    ['distribution: int_uniform, min: 1, max: 2.5', 'learning_rate.max: found 2.5', 'a whole number'],
    ['distribution: normal, mu: 0, sigma: 0', 'learning_rate.sigma: found 0', 'a number above 0'],
    ['distribution: q_uniform, min: 1, max: 2, q: 0', 'learning_rate.q: found 0', 'a number above 0'],
    ['distribution: q_uniform, min: 1.2, max: 1.4, q: 1', 'no multiple lies between the ends'],
    [
      'distribution: uniform, min: 1, max: 2, q: 1',
      'q: found a key that does not go with uniform',
      'min, max',
    ],
    ['distribution: uniform, mn: 1, max: 2', 'mn: found an unknown key', 'did you mean min?'],
    ['distribution: uniform, min: low, max: 2', 'learning_rate.min: found "low"', 'a number'],
    ['values: [1, 2], probabilities: [0.5]', 'found [0.5]', 'a list of 2 numbers from 0'],
    ['values: [1, 2], probabilities: [0.5, 0.6]', 'found [0.5,0.6]', 'that sum to 1'],
    ['distribution: categorical', 'found no values', 'categorical with values'],
    ['distribution: normal, mu: 0, sigma: 1', 'found values such as -4', 'a number above 0'],
    [
      'distribution: uniform, min: -1.5, max: 1',
      'learning_rate: found values such as -1.5',
      'a number above 0',
    ],
  ])('{%s}', (words, ...says) => {
    const messages = messagesOf(drawn('learning_rate', words));
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/^e\.yaml:3: parameters\.training\.learning_rate/);
    for (const each of says) expect(messages[0]).toContain(each);
  });

  it('a real distribution over whole numbers', () => {
    const [message] = messagesOf(drawn('head_units', 'distribution: uniform, min: 8, max: 64'));
    expect(message).toContain('e.yaml:3: parameters.model.head_units: found values such as 29.392');
    expect(message).toContain('allowed: a whole number');
  });

  test.each<[words: string, ...says: string[]]>([
    ['{type: hyperbnd, min_iter: 1}', 'early_terminate.type: found "hyperbnd"', 'did you mean hyperband?'],
    ['{type: hyperband}', 'found no min_iter', 'min_iter, or max_iter and s'],
    ['{type: hyperband, max_iter: 9}', 'found max_iter without s'],
    ['{type: hyperband, min_iter: 0}', 'early_terminate.min_iter: found 0'],
    ['{type: asha, eta: 1}', 'early_terminate.eta: found 1', 'a number from 1.01'],
    ['{type: median, patience: 3}', 'early_terminate.patience: found an unknown key'],
    ['hyperband', 'early_terminate: found "hyperband"'],
    [
      '{type: hyperband, min_iter: 100}',
      'never end a trial: no trial is compared before its last epoch, 100',
    ],
    ['{type: median, min_trials: 9}', 'never end a trial: min_trials 9 is not below the number of trials, 3'],
    ['{type: median, min_iter: 100}', 'never end a trial: min_iter 100'],
  ])('early_terminate: %s', (words, ...says) => {
    const messages = messagesOf(
      `parameters:\n  head_units: {values: [8, 16, 32]}\nearly_terminate: ${words}\n`,
    );
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/^e\.yaml:3: early_terminate/);
    for (const each of says) expect(messages[0]).toContain(each);
  });

  it('a metric that no epoch reports, before anything is trained', () => {
    const [message] = messagesOf('metric: {name: validation_accuracy}\nearly_terminate: {type: asha}\n');
    expect(message).toContain(
      'e.yaml:1: metric.name: found "validation_accuracy"; allowed: val_loss, val_accuracy',
    );
  });
});

describe('parameters that cannot matter', () => {
  const text = (scenario: string) => `parameters:
  model.scenario: {values: ${scenario}}
  model.unfreeze_from: {values: [block_13, block_14, block_15]}
  training.optimizer: {values: [adam, sgd]}
  training.momentum: {values: [0.5, 0.9]}
`;

  it('are left out of a trial, so that a grid does not repeat it', () => {
    const { parameters } = read(text('[feature_extraction, partial_unfreeze]'));
    // Scenario and layer: 1 + 3; optimizer and momentum: 1 + 2.
    expect(gridSize(parameters)).toBe(12);
  });

  it('are a mistake where no trial reads them, unless they are constant', () => {
    expect(messagesOf(text('[feature_extraction, from_scratch]'))).toEqual([
      'e.yaml:3: parameters.model.unfreeze_from: found a parameter that no trial reads; allowed: where model.scenario is partial_unfreeze',
    ]);
    const constant =
      'parameters:\n  model.unfreeze_from: {value: block_13}\n  head_units: {values: [8, 16]}\n';
    expect(Object.keys(read(constant).parameters)).toEqual(['model.head_units']);
  });
});
