import { resolve } from 'node:path';
import { jsonText, UserError, writeFileAtomic, writeProblem } from '@thaw/base';

/** Says before any work where a file could not be written later: a UserError with the reason. */
export async function checkOutputFile(file: string): Promise<void> {
  const problem = file === '' ? 'its name is empty' : await writeProblem(resolve(file));
  if (problem !== null) throw new UserError(`--output: ${file} cannot be written: ${problem}`);
}

/** Writes a JSON document, whole or not at all. Numbers that are not finite become null. */
export async function writeDocument(file: string, document: unknown): Promise<void> {
  await writeFileAtomic(file, `${jsonText(document, 2)}\n`);
}
