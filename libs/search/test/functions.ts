import type { ParameterValues } from '@thaw/experiment';
import type { SearchSpace } from '../src/index.ts';

/** A published test function, to be minimised. Its sources are named in golden/make_optuna_tpe.py, which has the same ones. */
export interface TestFunction {
  readonly space: SearchSpace;
  readonly value: (parameters: ParameterValues) => number;
}

const { exp, cos, sin, sqrt, PI } = Math;
const between = (min: number, max: number) => ({ distribution: 'uniform', min, max }) as const;
const choice = (...values: unknown[]) => ({ values });
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** A function of real numbers x1 to xn between the same ends. */
function real(count: number, min: number, max: number, f: (x: number[]) => number): TestFunction {
  const names = Array.from({ length: count }, (_, i) => `x${i + 1}`);
  return {
    space: Object.fromEntries(names.map((name) => [name, between(min, max)])),
    value: (parameters) => f(names.map((name) => parameters[name] as number)),
  };
}

const camel = (x: number, y: number) =>
  (4 - 2.1 * x ** 2 + x ** 4 / 3) * x ** 2 + x * y + (-4 + 4 * y ** 2) * y ** 2;
const beale = (x: number, y: number) =>
  (1.5 - x + x * y) ** 2 + (2.25 - x + x * y ** 2) ** 2 + (2.625 - x + x * y ** 3) ** 2;
const rosenbrock = (x: readonly number[]) =>
  sum(x.slice(1).map((next, i) => 100 * (next - x[i]! ** 2) ** 2 + (x[i]! - 1) ** 2));

const alpha = [1.0, 1.2, 3.0, 3.2];
const a = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
];
const p = [
  [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
  [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
  [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
  [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
];

const first = [
  (x: number, y: number) => rosenbrock([x, y]) / 300,
  (x: number, y: number) => camel(x, y) / 10,
  (x: number, y: number) => beale(x, y) / 50,
];
const second = [first[0]!, first[1]!, first[2]!, first[2]!, first[2]!];
const third = [
  (x: number, y: number) => 5 * first[1]!(x, y),
  (x: number, y: number) => 2 * first[0]!(x, y),
  (x: number, y: number) => 2 * first[2]!(x, y),
  (x: number, y: number) => 3 * first[2]!(x, y),
];

function cocabo(withThird: boolean): TestFunction {
  return {
    space: {
      h1: choice(0, 1, 2),
      h2: choice(0, 1, 2, 3, 4),
      ...(withThird ? { h3: choice(0, 1, 2, 3) } : {}),
      x1: between(-1, 1),
      x2: between(-1, 1),
    },
    value: (parameters) => {
      const [h1, h2, h3, x1, x2] = ['h1', 'h2', 'h3', 'x1', 'x2'].map((name) => parameters[name] as number);
      const [x, y] = [2 * x1!, 2 * x2!];
      return first[h1!]!(x, y) + second[h2!]!(x, y) + (withThird ? third[h3!]!(x, y) : 0);
    },
  };
}

const offsets = { x4: 0.1, x5: 0.2, x6: 0.3, x7: 0.4 };

export const functions = {
  branin: {
    space: { x1: between(-5, 10), x2: between(0, 15) },
    value: (parameters) => {
      const [x, y] = [parameters['x1'] as number, parameters['x2'] as number];
      const inner = y - (5.1 / (4 * PI ** 2)) * x ** 2 + (5 / PI) * x - 6;
      return inner ** 2 + 10 * (1 - 1 / (8 * PI)) * cos(x) + 10;
    },
  },
  six_hump_camel: {
    space: { x1: between(-3, 3), x2: between(-2, 2) },
    value: (parameters) => camel(parameters['x1'] as number, parameters['x2'] as number),
  },
  hartmann6: real(
    6,
    0,
    1,
    (x) =>
      -sum(alpha.map((weight, i) => weight * exp(-sum(x.map((v, j) => a[i]![j]! * (v - p[i]![j]!) ** 2))))),
  ),
  rosenbrock4: real(4, -5, 10, rosenbrock),
  ackley5: real(5, -32.768, 32.768, (x) => {
    const [squares, waves] = [sum(x.map((v) => v * v)) / 5, sum(x.map((v) => cos(2 * PI * v))) / 5];
    return -20 * exp(-0.2 * sqrt(squares)) - exp(waves) + 20 + Math.E;
  }),
  levy4: real(4, -10, 10, (x) => {
    const w = x.map((v) => 1 + (v - 1) / 4);
    const last = w.at(-1)!;
    const middle = sum(w.slice(0, -1).map((v) => (v - 1) ** 2 * (1 + 10 * sin(PI * v + 1) ** 2)));
    return sin(PI * w[0]!) ** 2 + middle + (last - 1) ** 2 * (1 + sin(2 * PI * last) ** 2);
  }),
  styblinski_tang5: real(5, -5, 5, (x) => sum(x.map((v) => v ** 4 - 16 * v ** 2 + 5 * v)) / 2),
  func2c: cocabo(false),
  func3c: cocabo(true),
  tree: {
    space: {
      b1: choice(0, 1),
      b2: { ...choice(0, 1), when: { b1: [0] } },
      b3: { ...choice(0, 1), when: { b1: [1] } },
      x4: { ...between(-1, 1), when: { b2: [0] } },
      x5: { ...between(-1, 1), when: { b2: [1] } },
      x6: { ...between(-1, 1), when: { b3: [0] } },
      x7: { ...between(-1, 1), when: { b3: [1] } },
      r8: { ...between(0, 1), when: { b1: [0] } },
      r9: { ...between(0, 1), when: { b1: [1] } },
    },
    value: (parameters) => {
      const leaf = (['x4', 'x5', 'x6', 'x7'] as const).find((name) => name in parameters)!;
      const rest = (parameters['r8'] ?? parameters['r9']) as number;
      return (parameters[leaf] as number) ** 2 + offsets[leaf] + rest;
    },
  },
  gauss_wave2: {
    space: {
      x: between(-20, 20),
      curve: choice('raw', 'negcos'),
      amp: { ...between(0, 1), when: { curve: ['negcos'] } },
    },
    value: (parameters) => {
      const [x, amp] = [parameters['x'] as number, (parameters['amp'] ?? 0) as number];
      return -exp(-((x / 5) ** 2)) + amp * cos(x);
    },
  },
} satisfies Record<string, TestFunction>;

export type FunctionName = keyof typeof functions;
