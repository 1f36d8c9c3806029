import { cpus } from 'node:os';
import type { Figure } from '../claim.ts';
import { median } from '../measure/statistics.ts';

/** A figure with its spread and whether its claim holds. */
export interface FigureResult extends Figure {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** Of the median; null where nothing is claimed. */
  readonly holds: boolean | null;
}

export interface ClaimResult {
  readonly claim: string;
  readonly says: string;
  readonly figures: readonly FigureResult[];
}

/** The document that `bench` writes. */
export interface BenchResults {
  readonly date: string;
  readonly machine: { readonly processor: string; readonly cores: number; readonly node: string };
  /** Versions of the peer; null when it was not there. */
  readonly keras: string | null;
  readonly data: { readonly train_images: number; readonly test_images: number; readonly classes: number };
  readonly claims: readonly ClaimResult[];
}

export function summarise(figure: Figure): FigureResult {
  const { values, limit } = figure;
  const middle = median(values);
  const holds = limit === null ? null : 'atMost' in limit ? middle <= limit.atMost : middle >= limit.atLeast;
  return { ...figure, median: middle, min: Math.min(...values), max: Math.max(...values), holds };
}

export function thisMachine(): BenchResults['machine'] {
  const processors = cpus();
  return {
    processor: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    node: process.version,
  };
}
