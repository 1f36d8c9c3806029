import {
  metricGoal,
  type EpochRecord,
  type LearningRateSchedule,
  type TrainingSettings,
} from '@thaw/experiment';

/** Where training is: what a schedule needs to know to say the rates of an epoch's batches. */
export interface EpochInTraining {
  /** From 1. */
  readonly epoch: number;
  /** Of the epochs that the schedule is for. */
  readonly epochs: number;
  /** An epoch has so many. */
  readonly batches: number;
  /** Of the epochs before. */
  readonly records: readonly EpochRecord[];
}

/**
 * The learning rate of each batch (from 0) of an epoch. Schedules see every batch, as Keras's do, and count in epochs where Keras
 * counts in steps: so many epochs times the batches of one, rounded.
 */
export function learningRates(
  {
    learning_rate,
    learning_rate_schedule,
  }: Pick<TrainingSettings, 'learning_rate' | 'learning_rate_schedule'>,
  { epoch, epochs, batches, records }: EpochInTraining,
): (batch: number) => number {
  const schedule = learning_rate_schedule ?? { type: 'constant' };
  const before = (epoch - 1) * batches;
  const total = epochs * batches;
  const steps = (span: number) => Math.max(Math.round(span * batches), 1);
  switch (schedule.type) {
    case 'constant':
      return () => learning_rate;
    case 'cosine': {
      const warmup = Math.round(schedule.warmup_epochs * batches);
      const decay =
        schedule.decay_epochs === undefined ? Math.max(total - warmup, 1) : steps(schedule.decay_epochs);
      return (batch) => cosine(learning_rate, { ...schedule, warmup, decay }, before + batch);
    }
    case 'step':
    case 'exponential': {
      const span = steps(schedule.decay_epochs!);
      const whole = schedule.type === 'step' || schedule.staircase ? Math.floor : (value: number) => value;
      return (batch) => learning_rate * schedule.decay_rate! ** whole((before + batch) / span);
    }
    case 'one_cycle':
      return (batch) => oneCycle(learning_rate, schedule, before + batch, total);
    case 'reduce_on_plateau': {
      const rate = reducedOnPlateau(learning_rate, schedule, records);
      return () => rate;
    }
  }
}

/** Keras's CosineDecay (Loshchilov and Hutter 2017) to `target`, that is reached by a straight line first. */
function cosine(
  target: number,
  {
    initial_learning_rate: initial,
    alpha,
    warmup,
    decay,
  }: Pick<LearningRateSchedule, 'initial_learning_rate' | 'alpha'> & { warmup: number; decay: number },
  step: number,
): number {
  if (step < warmup) return initial + ((target - initial) * step) / warmup;
  const done = Math.min(step - warmup, decay) / decay;
  return target * ((1 - alpha) * 0.5 * (1 + Math.cos(Math.PI * done)) + alpha);
}

/**
 * Smith and Topin (2019), Super-convergence, in the words and by the formula of PyTorch's OneCycleLR: from the largest rate over
 * `div_factor` up to it by half a cosine, and down to the first over `final_div_factor` with the last step. Momentum stays as it is.
 */
function oneCycle(
  largest: number,
  { pct_start, div_factor, final_div_factor }: LearningRateSchedule,
  step: number,
  total: number,
): number {
  const first = largest / div_factor;
  const top = pct_start * total - 1;
  const between = (from: number, to: number, done: number) =>
    to + ((from - to) / 2) * (1 + Math.cos(Math.PI * done));
  if (step <= top) return between(first, largest, top === 0 ? 1 : step / top);
  return between(largest, first / final_div_factor, Math.min((step - top) / (total - 1 - top), 1));
}

/**
 * The rate behind these epochs, as Keras's ReduceLROnPlateau has it: `patience` epochs without an improvement of more than
 * `min_delta` make it smaller, and `cooldown` counts down from there, at the beginning of each epoch, before waiting begins again.
 * Unlike there a value that is not a number is never the best.
 */
function reducedOnPlateau(
  initial: number,
  { monitor, factor, patience, min_delta, cooldown, min_lr }: LearningRateSchedule,
  records: readonly EpochRecord[],
): number {
  const sign = metricGoal(monitor) === 'minimize' ? 1 : -1;
  let [rate, best, wait, cooling] = [initial, Number.POSITIVE_INFINITY, 0, 0];
  for (const record of records) {
    const value = sign * (record[monitor] ?? Number.NaN);
    if (cooling > 0) {
      cooling--;
      wait = 0;
    }
    if (value < best - min_delta) {
      best = value;
      wait = 0;
    } else if (cooling === 0 && ++wait >= patience && rate > min_lr) {
      rate = Math.max(rate * factor, min_lr);
      cooling = cooldown;
      wait = 0;
    }
  }
  return rate;
}
