import { join } from 'node:path';
import { checkOutputFile, writeDocument } from '../report/output-file.ts';
import { renderTable } from '../report/table.ts';
import { terminalWidth } from '../report/terminal-width.ts';
import { cacheEntries, purposeOf } from './cache-entries.ts';
import { formatBytes } from './format-bytes.ts';

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
      purposeOf(part.kind),
    ]),
    columns: terminalWidth(process.stdout),
  });
  process.stdout.write(`${table}\n${formatBytes(bytes)} in ${cacheDir}.\n`);
}
