import { UserError } from '@thaw/base';
import type { SkippedFile } from '../dataset.ts';

const shown = 20;

/**
 * One error for everything that is wrong with a data set: structure first, then files. The first 20 are spelt out and
 * the rest counted. `notes` say how the folder was read.
 */
export function datasetError(
  folder: string,
  problems: readonly string[],
  bad: readonly SkippedFile[],
  notes: readonly string[] = [],
): UserError {
  const all = [...problems, ...bad.map(({ name, reason }) => `${name}: ${reason}`)];
  const lines = all.slice(0, shown).map((line) => `  - ${line}`);
  if (all.length > shown) lines.push(`  - and ${all.length - shown} more`);
  if (bad.length > 0) {
    lines.push(
      `Fix or remove ${bad.length === 1 ? 'the file' : 'the files'} that cannot be read, or set dataset.on_bad_image: skip to leave ${bad.length === 1 ? 'it' : 'them'} out.`,
    );
  }
  lines.push(...notes.map((note) => `Also: ${note}`));
  const count = all.length === 1 ? 'a problem' : `${all.length} problems`;
  return new UserError(`The data set in ${folder} has ${count}:\n${lines.join('\n')}`);
}
