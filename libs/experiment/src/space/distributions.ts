import { z } from 'zod';

const number = z.number();
const positive = number.positive();
const whole = number.int();
const q = positive.default(1);
const mean = number.default(0);
const deviation = positive.default(1);
const shape = positive.default(1);

const range = { min: number, max: number };
/** Words that end in `_values` give the values themselves, where the others give their logarithms. */
const values = { min: positive, max: positive };
const normal = { mu: mean, sigma: deviation };

function schema<Name extends string, Shape extends z.ZodRawShape>(distribution: Name, shape: Shape) {
  return z.strictObject({ distribution: z.literal(distribution), ...shape });
}

/** The distributions that values are drawn from, in the words of W&B's sweep schema. */
export const distributions = {
  uniform: schema('uniform', range),
  int_uniform: schema('int_uniform', { min: whole, max: whole }),
  q_uniform: schema('q_uniform', { ...range, q }),
  log_uniform: schema('log_uniform', range),
  log_uniform_values: schema('log_uniform_values', values),
  q_log_uniform: schema('q_log_uniform', { ...range, q }),
  q_log_uniform_values: schema('q_log_uniform_values', { ...values, q }),
  inv_log_uniform: schema('inv_log_uniform', range),
  inv_log_uniform_values: schema('inv_log_uniform_values', values),
  normal: schema('normal', normal),
  q_normal: schema('q_normal', { ...normal, q }),
  log_normal: schema('log_normal', normal),
  q_log_normal: schema('q_log_normal', { ...normal, q }),
  beta: schema('beta', { a: shape, b: shape }),
  q_beta: schema('q_beta', { a: shape, b: shape, q }),
} as const;

export type DistributionName = keyof typeof distributions;
export type Distribution = z.output<(typeof distributions)[DistributionName]>;
