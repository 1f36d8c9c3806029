import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import { median } from '@thaw/base';
import type { Figure } from '../claim.ts';

/** A figure with its spread and whether its claim holds. */
export interface FigureResult extends Figure {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** Of the median, against the limit as it is; null where nothing is claimed. */
  readonly holds: boolean | null;
  /** The limit that scales, on this machine; null for others and where the machine was not measured. */
  readonly limit_here: number | null;
}

export interface ClaimResult {
  readonly claim: string;
  readonly says: string;
  readonly date: string;
  readonly figures: readonly FigureResult[];
}

/** What figures must have in common to stand in one table. */
export interface BenchSetting {
  readonly machine: { readonly processor: string; readonly cores: number; readonly node: string };
  /** Versions of the peer; null when it was not there. */
  readonly keras: string | null;
  readonly data: { readonly train_images: number; readonly test_images: number; readonly classes: number };
}

/** The document that `bench` writes. */
export interface BenchResults extends BenchSetting {
  readonly claims: readonly ClaimResult[];
}

/** `slower`: how many times slower this machine is than the one that limits are stated for; null where not measured. */
export function summarise(figure: Figure, slower: number | null): FigureResult {
  const { values, limit } = figure;
  const middle = median(values);
  const holds = limit === null ? null : 'atMost' in limit ? middle <= limit.atMost : middle >= limit.atLeast;
  const scales = limit !== null && 'atMost' in limit && limit.scales === true;
  return {
    ...figure,
    median: middle,
    min: Math.min(...values),
    max: Math.max(...values),
    holds,
    limit_here: scales && slower !== null ? limit.atMost * slower : null,
  };
}

/**
 * Results with those of an earlier bench for the claims that were not measured now, in the order of `names`; earlier ones from
 * another machine, peer or data set do not count.
 */
export function withEarlier(
  now: BenchResults,
  earlier: BenchResults | null,
  names: readonly string[],
): BenchResults {
  const { claims, ...setting } = now;
  const { claims: before, ...settingBefore } = earlier ?? { claims: [] };
  const kept = isDeepStrictEqual(setting, settingBefore) ? before : [];
  const found = names.map((name) => [...claims, ...kept].find(({ claim }) => claim === name));
  return { ...setting, claims: found.filter((claim) => claim !== undefined) };
}

/** The results in a file; null where there are none. */
export async function readResults(path: string): Promise<BenchResults | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  return text === null ? null : (JSON.parse(text) as BenchResults);
}

export function thisMachine(): BenchSetting['machine'] {
  const processors = cpus();
  return {
    processor: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    node: process.version,
  };
}
