import type { LoadedWeights } from '@thaw/model';
import { OtherData } from './other-data.ts';

/** OtherData where these weights are not those that a run was trained with, or that its sweep began with, by their SHA-256; any will do where that is not known. */
export function expectWeights(
  { origin, sha256 }: Pick<LoadedWeights, 'origin' | 'sha256'>,
  expected: string | undefined,
): void {
  if (expected === undefined || sha256 === expected) return;
  throw new OtherData(
    `${origin} is not what training started from before: its SHA-256 was ${expected} and is ${sha256}`,
    { kind: 'conflict' },
  );
}
