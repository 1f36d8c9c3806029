import * as z from 'zod';
import { means } from '../settings/forms.ts';

const number = z.number();
const positive = number.positive();
const whole = number.int();
const q = positive.meta(means('The step.')).default(1);
const shape = positive.meta(means('A shape of the distribution.')).default(1);

const [least, most] = [means('The least value.'), means('The greatest value.')];
const range = { min: number.meta(least), max: number.meta(most) };
/** Words that end in `_values` take the values themselves, where the others take their logarithms. */
const values = { min: positive.meta(least), max: positive.meta(most) };
const exponents = {
  min: number.meta(means('The natural logarithm of the least value.')),
  max: number.meta(means('The natural logarithm of the greatest value.')),
};
/** Of one over the value. */
const inverse = {
  min: number.meta(means('The natural logarithm of one over the greatest value.')),
  max: number.meta(means('The natural logarithm of one over the least value.')),
};
const normal = {
  mu: number.meta(means('The mean.')).default(0),
  sigma: positive.meta(means('The standard deviation.')).default(1),
};
const normalLogarithm = {
  mu: number.meta(means('The mean of the natural logarithm.')).default(0),
  sigma: positive.meta(means('The standard deviation of the natural logarithm.')).default(1),
};
const shapes = { a: shape, b: shape };

function schema<Name extends string, Shape extends z.ZodRawShape>(
  distribution: Name,
  shape: Shape,
  text: string,
) {
  return z.strictObject({ distribution: z.literal(distribution).meta(means(text)), ...shape });
}

/** The distributions that values are drawn from, in the words of W&B's sweep schema. */
export const distributions = {
  uniform: schema('uniform', range, 'Every value between the ends is as likely.'),
  int_uniform: schema(
    'int_uniform',
    { min: whole.meta(least), max: whole.meta(most) },
    'Whole numbers, each as likely, the ends included.',
  ),
  q_uniform: schema(
    'q_uniform',
    { ...range, q },
    'As `uniform`, rounded to multiples of `q` within the ends.',
  ),
  log_uniform: schema(
    'log_uniform',
    exponents,
    'The logarithm is uniform; the ends are exponents, as in W&B: -9.2 for 0.0001.',
  ),
  log_uniform_values: schema(
    'log_uniform_values',
    values,
    'The logarithm is uniform; the ends are the values themselves. The usual choice for learning rates.',
  ),
  q_log_uniform: schema(
    'q_log_uniform',
    { ...exponents, q },
    'As `log_uniform`, rounded to multiples of `q` within the ends.',
  ),
  q_log_uniform_values: schema(
    'q_log_uniform_values',
    { ...values, q },
    'As `log_uniform_values`, rounded to multiples of `q` within the ends.',
  ),
  inv_log_uniform: schema(
    'inv_log_uniform',
    inverse,
    'The logarithm of one over the value is uniform between the ends.',
  ),
  inv_log_uniform_values: schema(
    'inv_log_uniform_values',
    values,
    'The same; the ends are the values themselves.',
  ),
  normal: schema('normal', normal, 'The normal distribution.'),
  q_normal: schema('q_normal', { ...normal, q }, 'As `normal`, rounded to multiples of `q`.'),
  log_normal: schema('log_normal', normalLogarithm, 'The logarithm is normal.'),
  q_log_normal: schema(
    'q_log_normal',
    { ...normalLogarithm, q },
    'As `log_normal`, rounded to multiples of `q`.',
  ),
  beta: schema('beta', shapes, 'Beta(a, b), between 0 and 1.'),
  q_beta: schema('q_beta', { ...shapes, q }, 'As `beta`, rounded to multiples of `q`.'),
} as const;

export type DistributionName = keyof typeof distributions;
export type Distribution = z.output<(typeof distributions)[DistributionName]>;
