import type { Interval } from '@thaw/metrics';

/** Coverage in per cent and mean width of several kinds of intervals. */
export class Tally {
  readonly #kinds = new Map<string, { held: number; width: number; count: number }>();

  add(kind: string, interval: Interval | null, truth: number): void {
    if (!interval) return;
    const one = this.#kinds.get(kind) ?? { held: 0, width: 0, count: 0 };
    one.held += Number(interval[0] <= truth && truth <= interval[1]);
    one.width += interval[1] - interval[0];
    one.count++;
    this.#kinds.set(kind, one);
  }

  cells(): string[] {
    return [...this.#kinds.values()].map(
      ({ held, width, count }) => `${((100 * held) / count).toFixed(1)} (${(width / count).toFixed(2)})`,
    );
  }
}

/** Each row is written as soon as it is there. */
export function table(title: string, header: readonly string[], rows: Iterable<readonly string[]>): void {
  const write = (cells: readonly string[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`);
  process.stdout.write(`\n${title}\n\n`);
  write(header);
  write(header.map(() => '---'));
  for (const row of rows) write(row);
}
