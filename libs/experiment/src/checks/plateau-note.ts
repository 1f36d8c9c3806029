import type { Settings, TrainingSettings } from '../settings.ts';

/** Early stopping that waits no longer for the same metric than a schedule that reduces the rate on plateaus; null for other. */
export function stoppingBeforePlateau({
  learning_rate_schedule: schedule,
  early_stopping,
}: TrainingSettings) {
  if (schedule?.type !== 'reduce_on_plateau' || !early_stopping) return null;
  const { monitor, patience, min_delta } = schedule;
  if (early_stopping.monitor !== monitor || patience < early_stopping.patience) return null;
  // What early stopping takes for an improvement is then one for the schedule, too.
  return { ...early_stopping, always: min_delta === 0 || min_delta === early_stopping.min_delta };
}

/** A sentence on a rate that is reduced only where the schedule and early stopping do not mean the same by an improvement; null for others. */
export function plateauNote({ training }: Pick<Settings, 'training'>): string | null {
  const stopping = stoppingBeforePlateau(training);
  if (stopping === null || stopping.always) return null;
  const { patience, min_delta } = training.learning_rate_schedule!;
  const waits = `found ${patience}, while early_stopping ends training after ${stopping.patience} epochs without improvement`;
  const only = `the rate is reduced only where epochs are better by early_stopping.min_delta, ${stopping.min_delta}, and not by that of the schedule, ${min_delta}`;
  return `training.learning_rate_schedule.patience: ${waits}: ${only}`;
}
