/** Puts the figures of bench/results.json into the page on speed and memory: `npx tsx bench/results-page.ts`. */
import { readFile } from 'node:fs/promises';
import { writeFileAtomic } from '@thaw/base';
import { pageWithResults } from './report/page-with-results.ts';
import { readResults } from './report/results.ts';

const page = new URL('../docs/explanation/speed-and-memory.md', import.meta.url).pathname;
const results = await readResults(new URL('results.json', import.meta.url).pathname);
if (results === null)
  throw new Error('bench/results.json is not there: run bench with --output bench/results.json');
await writeFileAtomic(page, pageWithResults(await readFile(page, 'utf8'), results));
