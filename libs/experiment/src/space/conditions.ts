import type { FiniteValues } from './axis.ts';
import type { Parameter } from '../experiment.ts';
import {
  fineTuning,
  isOnnxPath,
  wholeTraining,
  type LearningRateSchedule,
  type Settings,
} from '../settings.ts';

/** Values that are too many to list. */
interface Kind {
  readonly words: string;
  readonly includes: (value: unknown) => boolean;
  /** Another setting, and the values of it beside which all of this one will do. */
  readonly unless?: readonly [path: string, includes: (value: unknown) => boolean];
}

type Conditions = Readonly<Record<string, Readonly<Record<string, readonly unknown[] | Kind>>>>;

const namedBackbone: Kind = {
  words: 'the name of a backbone',
  includes: (value) => typeof value === 'string' && !isOnnxPath(value),
};

const onnxPath: Kind = {
  words: 'the path of an ONNX file',
  includes: (value) => typeof value === 'string' && isOnnxPath(value),
};

const aboveZero: Kind = { words: 'above 0', includes: (value) => Number(value) > 0 };

/** Left out it may be given as well, where there are such images. */
const drawing: Kind = { words: 'keras, random or grouped', includes: (strategy) => strategy !== 'given' };

/** Left out it may be either, as the weights are. From scratch all batch normalisation trains. */
const notFrozen: Kind = {
  words: 'trainable or left out',
  includes: (value) => value !== 'frozen',
  unless: ['model.scenario', (scenario) => scenario === 'from_scratch'],
};

/** Left out, the decay is none for other optimisers than adamw. */
const decaying: Conditions[string] = {
  'training.weight_decay': {
    words: 'above 0 or left out',
    includes: (decay: unknown) => decay === undefined || aboveZero.includes(decay),
  },
  'training.optimizer': {
    words: 'adamw, unless training.weight_decay is given',
    includes: (optimizer: unknown) => optimizer === 'adamw',
    unless: ['training.weight_decay', aboveZero.includes],
  },
};

/** Settings of a schedule that only these types of it read. */
function readByTypes(types: readonly LearningRateSchedule['type'][], ...keys: string[]): Conditions {
  const schedule = 'training.learning_rate_schedule';
  return Object.fromEntries(keys.map((key) => [`${schedule}.${key}`, { [`${schedule}.type`]: types }]));
}

/** A section, and each of its keys, that is read beside the same. */
function withKeys(beside: Conditions[string], section: string, ...keys: string[]): Conditions {
  return Object.fromEntries(
    [section, ...keys.map((key) => `${section}.${key}`)].map((path) => [path, beside]),
  );
}

/** A section, and each of its keys, that only these scenarios read. */
function readIn(
  scenarios: readonly Settings['model']['scenario'][],
  section: string,
  ...keys: string[]
): Conditions {
  return withKeys({ 'model.scenario': scenarios }, section, ...keys);
}

/** Backbones of several widths. */
const backbonesWithAlpha = [
  'mobilenet_v2',
  ...['small', 'large'].flatMap((size) => [`mobilenet_v3_${size}`, `mobilenet_v3_${size}_minimalistic`]),
];

/** Settings that trials read only beside certain values of another setting. */
export const conditions: Conditions = {
  'dataset.classes': { 'dataset.layout': ['train-test-folders', 'class-folders'] },
  'model.alpha': { 'model.backbone': backbonesWithAlpha },
  'model.scenario': { 'model.backbone': namedBackbone },
  'model.unfreeze_from': { 'model.scenario': ['partial_unfreeze'] },
  'model.weights': {
    'model.backbone': namedBackbone,
    'model.scenario': ['feature_extraction', 'partial_unfreeze', 'full_fine_tune'],
  },
  'model.batch_norm': { 'model.scenario': ['partial_unfreeze', 'full_fine_tune'] },
  'model.batch_norm_momentum': {
    'model.scenario': ['partial_unfreeze', 'from_scratch', 'full_fine_tune'],
    'model.batch_norm': notFrozen,
  },
  ...withKeys({ 'model.backbone': onnxPath }, 'model.input', 'layout', 'scale', 'mean', 'std', 'output'),
  'training.momentum': { 'training.optimizer': ['sgd', 'rmsprop'] },
  'training.nesterov': { 'training.optimizer': ['sgd'], 'training.momentum': aboveZero },
  'training.weight_decay_exclude': decaying,
  'training.backbone_learning_rate_factor': { 'model.scenario': fineTuning },
  'training.layer_decay': { 'model.scenario': fineTuning },
  ...readIn(fineTuning, 'training.gradual_unfreezing', 'epochs', 'blocks'),
  ...readIn(fineTuning, 'training.warm_head', 'epochs', 'learning_rate'),
  ...readIn(wholeTraining, 'training.progressive_size', 'from', 'epochs'),
  'training.ema_momentum': { 'training.use_ema': [true] },
  ...readByTypes(['cosine'], 'warmup_epochs', 'alpha'),
  'training.learning_rate_schedule.initial_learning_rate': {
    'training.learning_rate_schedule.type': ['cosine'],
    'training.learning_rate_schedule.warmup_epochs': aboveZero,
  },
  ...readByTypes(['cosine', 'step', 'exponential'], 'decay_epochs'),
  ...readByTypes(['step', 'exponential'], 'decay_rate'),
  ...readByTypes(['exponential'], 'staircase'),
  ...readByTypes(['one_cycle'], 'pct_start', 'div_factor', 'final_div_factor'),
  ...readByTypes(
    ['reduce_on_plateau'],
    ...['monitor', 'factor', 'patience', 'min_delta', 'cooldown', 'min_lr'],
  ),
  'split.validation': { 'split.strategy': drawing },
  'split.seed': { 'split.strategy': ['random', 'grouped'] },
};

/** The settings that some trials do not read. Beside an ONNX file the scenario is what holds anyway, or a mistake of its own. */
export const conditionalPaths = Object.keys(conditions).filter((path) => path !== 'model.scenario');

export interface Condition {
  /** On which parameters' values it depends whether trials read the setting; empty when all do. */
  readonly when: NonNullable<Parameter['when']>;
  /** Why no trial reads it: the setting that keeps it out and the values that would let it in. Null when some trial does. */
  readonly never: { readonly other: string; readonly wanted: readonly unknown[] } | null;
}

/** When trials read a setting. `fixed` gives the value of settings that do not vary, `varied` the values of those that do, null where they are drawn. */
export function conditionOf(
  path: string,
  fixed: (path: string) => unknown,
  varied: ReadonlyMap<string, FiniteValues | null>,
): Condition {
  const when: Record<string, readonly unknown[]> = {};
  const valuesOf = (other: string) => (varied.has(other) ? varied.get(other)! : [fixed(other)]);
  for (const [other, wanted] of Object.entries(conditions[path] ?? {})) {
    const unless = 'words' in wanted ? wanted.unless : undefined;
    if (unless && mayBe(valuesOf(unless[0]), unless[1])) continue;
    const values = valuesOf(other);
    const { words, read } = readBeside(wanted, values);
    if (values !== null && read.length === 0) return { when: {}, never: { other, wanted: words } };
    if (!varied.has(other)) continue;
    if (!('words' in wanted)) when[other] = wanted;
    // Of what is drawn, nearly every value is of the kind.
    else if (values !== null) when[other] = read;
  }
  return { when, never: null };
}

type Values = FiniteValues | readonly unknown[] | null;

/** What is wanted of another setting, and which of these are among its values. */
function readBeside(wanted: readonly unknown[] | Kind, values: Values) {
  if (!('words' in wanted)) return { words: wanted, read: wanted.filter((value) => values?.includes(value)) };
  return { words: [wanted.words], read: listed(values).filter((value) => wanted.includes(value)) };
}

/** Whether a setting has such a value in some trial; where it is drawn it may have any. */
function mayBe(values: Values, includes: (value: unknown) => boolean): boolean {
  return values === null || listed(values).some(includes);
}

function listed(values: Values): unknown[] {
  return Array.from({ length: values?.length ?? 0 }, (_, i) => values!.at(i));
}
