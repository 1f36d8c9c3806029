import { UserError } from '@thaw/base';
import type { LoadedWeights } from '@thaw/model';

/** A UserError where these weights are not those that a run was trained with, by their SHA-256; any will do where that is not known. */
export function expectWeights(
  { origin, sha256 }: Pick<LoadedWeights, 'origin' | 'sha256'>,
  expected: string | undefined,
): void {
  if (expected === undefined || sha256 === expected) return;
  throw new UserError(
    `${origin} is not what the run was trained with: its SHA-256 was ${expected} and is ${sha256}`,
    { kind: 'conflict' },
  );
}
