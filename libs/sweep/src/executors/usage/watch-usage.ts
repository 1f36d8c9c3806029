import type { UsageRecord } from '@thaw/tracking';
import type { Consumption } from './consumption.ts';

export interface WatchUsageOptions {
  /** Null where nothing can be said at the moment. */
  readonly read: () => Consumption | null;
  /** Where it throws, nothing more is sampled: what must be kept says why. */
  readonly write: (record: UsageRecord) => void;
  /** In milliseconds. */
  readonly clock: () => number;
}

const firstEveryMs = 1000;
/** Later samples are so small a part of the time before apart: a day has some 3,000 of them. */
const laterEvery = 1 / 500;

/** Samples what a run takes of the machine until the returned function is called, which takes the last sample. */
export function watchUsage({ read, write, clock }: WatchUsageOptions): () => void {
  const begun = clock();
  let before = { at: begun, cpuSeconds: read()?.cpuSeconds ?? 0 };
  const sample = () => {
    const now = read();
    const at = clock();
    if (now === null || at <= before.at) return;
    // A process that was started anew begins to count anew.
    const cpuSeconds = Math.max(0, now.cpuSeconds - before.cpuSeconds);
    write({
      seconds: thousandths((at - begun) / 1000),
      cores: thousandths((1000 * cpuSeconds) / (at - before.at)),
      memory_bytes: now.memoryBytes,
    });
    before = { at, cpuSeconds: now.cpuSeconds };
  };
  let timer: NodeJS.Timeout | null = null;
  const goOn = () => {
    const everyMs = Math.max(firstEveryMs, (clock() - begun) * laterEvery);
    timer = setTimeout(() => {
      if (isKept()) goOn();
    }, everyMs).unref();
  };
  const isKept = () => {
    try {
      sample();
      return true;
    } catch {
      return false;
    }
  };
  goOn();
  return () => {
    clearTimeout(timer!);
    isKept();
  };
}

/** More is below what can be told. */
function thousandths(value: number): number {
  return Math.round(1000 * value) / 1000;
}
