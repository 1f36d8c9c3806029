import { gigabytes } from '@thaw/base';
import { freemem, totalmem } from 'node:os';

/** A process that runs a trial, with what it holds as it last said. */
export interface Consumer {
  readonly memoryBytes: number;
  /** Ends it, and its trial fails for this reason. */
  end(reason: string): void;
}

export interface MemoryGuardOptions {
  readonly consumers: () => readonly Consumer[];
  readonly available?: (consumers: readonly Consumer[]) => number;
  readonly total?: number;
  readonly everyMs?: number;
}

/** What is left for everybody else, as a share of all memory, and in bytes at most. */
const reservedShare = 0.03;
const mostReserved = 1e9;

/**
 * Ends the trial that holds the most memory before the machine has none left: the system would otherwise choose, and might
 * choose the sweep itself. Returns a function that ends the guard.
 */
export function guardMemory({
  consumers,
  available = availableBeside,
  total = memoryLimit(),
  everyMs = 1000,
}: MemoryGuardOptions): () => void {
  const reserved = Math.min(reservedShare * total, mostReserved);
  const timer = setInterval(() => {
    const all = consumers();
    const left = available(all);
    if (left >= reserved || all.length === 0) return;
    const largest = all.reduce((a, b) => (b.memoryBytes > a.memoryBytes ? b : a));
    largest.end(
      `it held ${gigabytes(largest.memoryBytes)} of memory when ${gigabytes(left)} of ${gigabytes(total)} were left`,
    );
  }, everyMs);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}

/** Bytes that the machine, or this container, may have. */
export function memoryLimit(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

/** Bytes that are still free. macOS calls memory free only when nothing at all is in it, so there what the processes hold counts. */
function availableBeside(consumers: readonly Consumer[]): number {
  const held = consumers.reduce((sum, { memoryBytes }) => sum + memoryBytes, process.memoryUsage.rss());
  const beside = memoryLimit() - held;
  return process.platform === 'darwin' ? beside : Math.min(freemem(), beside);
}
