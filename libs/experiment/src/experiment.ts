import type { Distribution } from './space/distributions.ts';
import type { EarlyTermination } from './early-termination.ts';
import type { Goal, Monitor } from './metrics.ts';
import type { Settings } from './settings.ts';

/** The search methods that are built. */
export const methods = ['grid', 'random', 'bayes', 'gp', 'cmaes', 'sobol', 'halton', 'auto'] as const;
export type Method = (typeof methods)[number];

/** Which trials are evaluated on the test set: each, the chosen one alone, or none until a user opens it. */
export const testModes = ['each', 'best', 'sealed'] as const;
export type TestMode = (typeof testModes)[number];

/** What the search looks at. */
export interface SearchMetric {
  name: string;
  goal: Goal;
  /** Once a trial is as good as this, no further one begins; null for no such limit. */
  target: number | null;
}

/** One of the values that every epoch of Thaw's own training reports. */
export interface Metric extends SearchMetric {
  name: Monitor;
}

/** Listed values; a constant (`value: x`) has one. Probabilities, when given, are one for each and sum to 1. */
export interface Choices {
  values: readonly unknown[];
  probabilities?: readonly number[];
}

/** A setting that the sweep varies: listed values, or a distribution to draw from. */
export type Parameter = (Choices | Distribution) & {
  /**
   * The parameters that this one depends on, each with the values beside which it matters; trials without any of them leave
   * it out. It always matters when absent.
   */
  when?: Readonly<Record<string, readonly unknown[]>>;
};

/** Dotted setting path to its value in one trial. */
export type ParameterValues = Record<string, unknown>;

/** What an experiment file says of its search, whatever its trials run. */
export interface Search {
  /** As given by the user. */
  file: string;
  name: string;
  description: string | null;
  method: Method;
  metric: SearchMetric;
  /** In the file's order; empty for an experiment of a single trial. */
  parameters: Record<string, Parameter>;
  run_cap: number | null;
  early_terminate: EarlyTermination | null;
  /** What the user should know about the file, in sentences; empty when there is nothing to say. */
  notes: string[];
  /** The YAML as written, without the overrides. */
  text: string;
  /** The overrides (`path=value`) that were applied, in order. */
  set: string[];
}

/** An experiment file that was read, checked and completed with defaults. */
export interface Experiment extends Search {
  /** The base settings: what every trial shares that no parameter varies. */
  settings: Settings;
  metric: Metric;
  test: TestMode;
}

/** An experiment file whose trials run a program of the user's own. */
export interface ProgramExperiment extends Search {
  program: Program;
}

export type AnyExperiment = Experiment | ProgramExperiment;

/** What a trial starts. */
export interface Program {
  /** As the file names it; null beside a command that does not need it. */
  file: string | null;
  /** W&B's command: words and macros (`${args}`), with variables of the environment filled in. */
  command: string[];
  /** The keys that lead to each parameter in the nested ones of the file, by its dotted name. */
  paths: Record<string, readonly string[]>;
}
