/** Writes the generated parts of docs/reference from the schemas and the tables of options: `npx tsx tools/reference/write-reference.ts`. */
import { readFile } from 'node:fs/promises';
import { writeFileAtomic } from '@thaw/base';
import { referencePages } from './reference-pages.ts';

for (const { path, make } of referencePages) {
  await writeFileAtomic(path, await make(await readFile(path, 'utf8')));
  process.stdout.write(`${path}\n`);
}
