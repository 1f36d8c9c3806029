import type { KerasPeer } from './peers/keras-peer.ts';
import type { BenchData } from './measure/bench-data.ts';
import type { Version } from './measure/versions.ts';

export interface BenchContext {
  readonly data: BenchData;
  /** Null where Python has no Keras: figures that need the peer are left out, and the report says so. */
  readonly keras: KerasPeer | null;
  /** A checkout of an earlier commit to compare with; null where none is given: figures that need it are left out. */
  readonly before: string | null;
  /** This Thaw, packed and installed once for all claims that ask. */
  readonly installed: () => Promise<Version>;
  /** An empty folder of this run, for runs and caches. */
  readonly scratch: string;
  /** Says on standard error what is being measured. */
  readonly note: (line: string) => void;
}

/**
 * What the median must not pass. A limit that `scales` is stated for the machine of `claims/machine.ts`, and multiplied by how
 * much slower this one is.
 */
export type Limit = { readonly atMost: number; readonly scales?: boolean } | { readonly atLeast: number };

/** One measured quantity. Every value is a repetition; ratios are taken within a repetition, so that noise cancels. */
export interface Figure {
  readonly what: string;
  /** `ms an image`, `s`, `ratio`, `GB`, ... */
  readonly unit: string;
  readonly values: readonly number[];
  /** Null where nothing is claimed. */
  readonly limit: Limit | null;
}

/** A claim of the README, measured. */
export interface Claim {
  /** In one sentence. */
  readonly says: string;
  measure(context: BenchContext): Promise<readonly Figure[]>;
}
