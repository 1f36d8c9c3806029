import type { Problem } from '../messages/problem.ts';
import { stoppingBeforePlateau } from './plateau-note.ts';
import { growthOf } from '../progressive-size.ts';
import {
  fineTuning,
  headEpochs,
  type LearningRateSchedule,
  type Settings,
  type TrainingSettings,
} from '../settings.ts';

/** What settings of training mean together: spans that training is too short for, and words that exclude one another. */
export function trainingProblems(settings: Settings): Problem[] {
  const { training } = settings;
  const schedule = training.learning_rate_schedule;
  const first = headEpochs(settings);
  if (first >= training.epochs) {
    const message = `found ${first}, and training has ${training.epochs} epochs; allowed: below ${training.epochs}`;
    return [{ path: ['training', 'warm_head', 'epochs'], message }];
  }
  const scheduled = { ...training, epochs: training.epochs - first };
  const findings = schedule === undefined ? [] : scheduleProblems(schedule, scheduled);
  return [
    ...findings.map(([key, message]) => ({ path: ['training', 'learning_rate_schedule', key], message })),
    ...clipProblems(training),
    ...decayOfWeightsProblems(settings),
    ...unfreezingProblems(settings, scheduled.epochs),
    ...batchNormProblems(settings),
    ...sizeProblems(settings),
  ];
}

const clips = ['clipnorm', 'global_clipnorm', 'clipvalue'] as const;

function clipProblems(training: TrainingSettings): Problem[] {
  const [first, second] = clips.filter((key) => (training[key] ?? 0) > 0);
  if (first === undefined || second === undefined) return [];
  const beside = `beside training.${first}, which is ${training[first]}`;
  const message = `found ${training[second]} ${beside}; allowed: one of ${clips.join(', ')}, or 0`;
  return [{ path: ['training', second], message }];
}

/** Decoupled decay takes the decay times the rate of each weight, and from 1 on turns its sign. */
function decayOfWeightsProblems(settings: Settings): Problem[] {
  const { weight_decay = 0 } = settings.training;
  const fastest = largestRates(settings).reduce((a, b) => (b.rate > a.rate ? b : a));
  if (weight_decay * fastest.rate < 1) return [];
  const takes = `which times ${fastest.words} takes all of a weight at once`;
  const message = `found ${weight_decay}, ${takes}; allowed: below ${shortened(1 / fastest.rate)}`;
  return [{ path: ['training', 'weight_decay'], message }];
}

/** The learning rates of head and backbone in each part of training, at their largest: no schedule goes above. */
function largestRates({ model, training }: Settings): { readonly rate: number; readonly words: string }[] {
  const { learning_rate, warm_head, backbone_learning_rate_factor: factor = 1, layer_decay = 1 } = training;
  const rates = [{ rate: learning_rate, words: `training.learning_rate, ${learning_rate},` }];
  if (!fineTuning.includes(model.scenario)) return rates;
  const ofHead = warm_head && warm_head.epochs > 0 ? warm_head.learning_rate : undefined;
  if (ofHead !== undefined)
    rates.push({ rate: ofHead, words: `training.warm_head.learning_rate, ${ofHead},` });
  const rate = learning_rate * factor * layer_decay;
  const decayed = layer_decay === 1 ? '' : ' times layer_decay';
  const product = `training.learning_rate times backbone_learning_rate_factor${decayed}`;
  rates.push({ rate, words: `${product}, ${shortened(rate)},` });
  return rates;
}

/** Without the noise of rounding, which 0.1 × 3 shows. */
function shortened(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function unfreezingProblems({ model, training }: Settings, epochs: number): Problem[] {
  const { gradual_unfreezing } = training;
  if (!gradual_unfreezing || !fineTuning.includes(model.scenario)) return [];
  if (gradual_unfreezing.epochs < epochs) return [];
  const message = tooLong(gradual_unfreezing.epochs, `below ${epochs}`, epochs);
  return [{ path: ['training', 'gradual_unfreezing', 'epochs'], message }];
}

/** Of one image alone features have no variance, and nothing of them is left. */
function batchNormProblems({ model, training }: Settings): Problem[] {
  if (!model.head_batch_norm || training.batch_size > 1) return [];
  const message = 'found true, and training.batch_size is 1; allowed: false, or batches of 2 and more';
  return [{ path: ['model', 'head_batch_norm'], message }];
}

function sizeProblems(settings: Settings): Problem[] {
  const growth = growthOf(settings);
  if (growth === null) return [];
  const { image_size } = settings.model;
  const { epochs } = settings.training;
  const problem = (key: string, message: string) => ({
    path: ['training', 'progressive_size', key],
    message,
  });
  if (growth.from >= image_size) {
    const allowed = `below model.image_size, which is ${image_size}`;
    return [problem('from', `found ${growth.from}; allowed: ${allowed}, and 32 or more`)];
  }
  if (growth.epochs < epochs) return [];
  return [problem('epochs', tooLong(growth.epochs, `below ${epochs}`, epochs))];
}

type Finding = [key: keyof LearningRateSchedule, message: string];

function scheduleProblems(schedule: LearningRateSchedule, training: TrainingSettings): Finding[] {
  switch (schedule.type) {
    case 'constant':
    case 'one_cycle':
      return [];
    case 'cosine':
      return cosineProblems(schedule, training);
    case 'step':
    case 'exponential':
      return decayProblems(schedule, training);
    case 'reduce_on_plateau':
      return plateauProblems(schedule, training);
  }
}

function cosineProblems(
  { warmup_epochs, decay_epochs, initial_learning_rate }: LearningRateSchedule,
  { epochs, learning_rate }: TrainingSettings,
): Finding[] {
  if (warmup_epochs >= epochs) return [['warmup_epochs', tooLong(warmup_epochs, `below ${epochs}`, epochs)]];
  if (warmup_epochs > 0 && initial_learning_rate > learning_rate) {
    const allowed = `up to training.learning_rate, which is ${learning_rate}`;
    return [['initial_learning_rate', `found ${initial_learning_rate}; allowed: ${allowed}`]];
  }
  const left = epochs - warmup_epochs;
  if (decay_epochs === undefined || decay_epochs <= left) return [];
  const allowed = warmup_epochs > 0 ? `up to ${left}, behind the warm-up` : `up to ${left}`;
  return [['decay_epochs', tooLong(decay_epochs, allowed, epochs)]];
}

function decayProblems(
  { type, decay_epochs, decay_rate, staircase }: LearningRateSchedule,
  { epochs }: TrainingSettings,
): Finding[] {
  if (decay_epochs === undefined) {
    return [['decay_epochs', `found nothing; allowed: a number above 0, which ${type} needs`]];
  }
  if (decay_rate === undefined) {
    return [['decay_rate', `found nothing; allowed: a number above 0 and below 1, which ${type} needs`]];
  }
  const falls = type === 'exponential' && !staircase;
  if (falls || decay_epochs < epochs) return [];
  return [['decay_epochs', tooLong(decay_epochs, `below ${epochs}`, epochs)]];
}

function plateauProblems({ min_lr, patience }: LearningRateSchedule, training: TrainingSettings): Finding[] {
  const { epochs, learning_rate } = training;
  if (min_lr >= learning_rate) {
    return [['min_lr', `found ${min_lr}; allowed: below training.learning_rate, which is ${learning_rate}`]];
  }
  // The first epoch is an improvement, and behind the last one nothing is left to reduce.
  const most = epochs - 1;
  if (patience >= most)
    return [['patience', tooLong(patience, most > 0 ? `below ${most}` : 'more epochs', epochs)]];
  const stopping = stoppingBeforePlateau(training);
  if (!stopping?.always) return [];
  const stops = `early_stopping ends training after ${stopping.patience} epochs without improvement, before the rate is reduced`;
  const message = `found ${patience}, while ${stops}; allowed: less than training.early_stopping.patience`;
  return [['patience', message]];
}

function tooLong(found: number, allowed: string, epochs: number): string {
  return `found ${found}, and training has ${epochs} epochs; allowed: ${allowed}`;
}
