import type { Damaged } from '@thaw/tracking';

/** Names the records that cannot be read, which keep nobody from reading the others. */
export function tellDamaged(damaged: readonly Damaged[]): void {
  for (const { path, reason } of damaged) process.stderr.write(`${path} is damaged: ${reason}\n`);
}
