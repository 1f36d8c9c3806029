import type { monitors, Settings } from './settings.ts';

/** The search methods that are built. */
export const methods = ['grid'] as const;
export type Method = (typeof methods)[number];

export const goals = ['maximize', 'minimize'] as const;
export type Goal = (typeof goals)[number];

/** What the search looks at, one of the values that every epoch reports. */
export interface Metric {
  name: (typeof monitors)[number];
  goal: Goal;
}

/** A setting that the sweep varies, and the values that it takes. A constant (`value: x`) has one. */
export interface Parameter {
  values: unknown[];
}

/** Dotted setting path to its value in one trial. */
export type ParameterValues = Record<string, unknown>;

/** An experiment file that was read, checked and completed with defaults. */
export interface Experiment {
  /** As given by the user. */
  file: string;
  name: string;
  description: string | null;
  /** The base settings: what every trial shares that no parameter varies. */
  settings: Settings;
  method: Method;
  metric: Metric;
  /** In the file's order; empty for an experiment of a single trial. */
  parameters: Record<string, Parameter>;
  run_cap: number | null;
  /** The YAML as written, without the overrides. */
  text: string;
  /** The overrides (`path=value`) that were applied, in order. */
  set: string[];
}
