import { join } from 'node:path';
import { cacheEntries } from '@thaw/base';
import { checkOutputFile, writeDocument } from '../report/output-file.ts';
import { renderTable } from '../report/table.ts';
import { terminalWidth } from '../report/terminal-width.ts';
import { formatBytes } from './format-bytes.ts';

/** What the parts of the cache are for, by the name of their folder. */
const purposes: Record<string, string> = {
  activations: 'what frozen layers make of images and their augmented views',
  pixels: 'images that were decoded to be checked, at the size that networks take',
  weights: 'pretrained weights that were downloaded',
  inspected: 'which images were found to be whole',
  'synthetic-smear': 'drawn data sets',
  duplicates: 'descriptions of images that tell copies of a photograph, and the groups found',
  downloads: 'archives that were downloaded',
  checkpoints: 'how far interrupted trials have come',
  maps: 'where the images of data sets lie on maps, as backbones see them',
  sprites: 'small pictures of images, for the dashboard',
  records: 'what lists ask of the records of runs, so that they need not all be read',
  retrained: 'heads trained again on grouped splits, for the parts of a gap',
};

/** Writes a table of the parts of the cache to standard output. */
export async function showCache({
  runsDir,
  output,
}: {
  runsDir: string;
  output: string | null;
}): Promise<void> {
  if (output !== null) await checkOutputFile(output);
  const cacheDir = join(runsDir, 'cache');
  const entries = await cacheEntries(cacheDir);
  const parts = [...new Set(entries.map(({ kind }) => kind))].map((kind) => {
    const own = entries.filter((entry) => entry.kind === kind);
    const used = new Date(Math.max(...own.map((entry) => entry.used.getTime())));
    return { kind, entries: own.length, bytes: own.reduce((sum, { bytes }) => sum + bytes, 0), used };
  });
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  if (output !== null) await writeDocument(output, { path: cacheDir, bytes, parts });
  if (parts.length === 0) {
    process.stdout.write(`Nothing is kept in ${cacheDir}.\n`);
    return;
  }
  const table = renderTable({
    head: ['part', 'size', 'entries', 'last used', 'what it holds'],
    aligns: ['left', 'right', 'right', 'left', 'left'],
    rows: parts.map((part) => [
      part.kind,
      formatBytes(part.bytes),
      String(part.entries),
      part.used.toISOString().slice(0, 16).replace('T', ' '),
      purposes[part.kind] ?? '',
    ]),
    columns: terminalWidth(process.stdout),
  });
  process.stdout.write(`${table}\n${formatBytes(bytes)} in ${cacheDir}.\n`);
}
