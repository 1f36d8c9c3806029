/** Puts the figures of bench/results.json into the README: `npx tsx bench/readme-table.ts`. */
import { readFile } from 'node:fs/promises';
import { writeFileAtomic } from '@thaw/base';
import { readmeWithResults } from './report/readme-results.ts';
import { readResults } from './report/results.ts';

const readme = new URL('../README.md', import.meta.url).pathname;
const results = await readResults(new URL('results.json', import.meta.url).pathname);
if (results === null)
  throw new Error('bench/results.json is not there: run bench with --output bench/results.json');
await writeFileAtomic(readme, readmeWithResults(await readFile(readme, 'utf8'), results));
