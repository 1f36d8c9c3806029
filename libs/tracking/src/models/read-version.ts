import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Damaged } from '../files/read-record.ts';
import { firstProblem, readingProblem } from '../files/read-record.ts';
import { versionSchema, type VersionRecord } from './version-record.ts';

/** Reads a version's `lineage.json` and checks that it belongs to its folder. Never throws: what is wrong is said in `damaged`. */
export async function readVersion(
  folder: string,
  name: string,
  version: number,
): Promise<{ record: VersionRecord } | { damaged: Damaged }> {
  const damaged = (reason: string) => ({ damaged: { path: folder, reason } });
  let data: unknown;
  try {
    data = JSON.parse(await readFile(join(folder, 'lineage.json'), 'utf8'));
  } catch (error) {
    return damaged(readingProblem(error as NodeJS.ErrnoException, 'lineage.json'));
  }
  const result = versionSchema.safeParse(data);
  if (!result.success) return damaged(`lineage.json is not such a record: ${firstProblem(result.error)}`);
  const { name: ownName, version: ownVersion } = result.data;
  if (ownName !== name || ownVersion !== version) {
    return damaged(`lineage.json is that of ${ownName}:${ownVersion}`);
  }
  return { record: result.data };
}
