import { open, readdir, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Store } from '@thaw/tracking';

const logBytes = 64 * 1024;

/** The files of a run's folder and the end of its log. */
export async function runFiles(store: Store, run: string) {
  const folder = dirname(await store.gapFolder(run));
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        return { name: relative(folder, path).split(sep).join('/'), bytes: (await stat(path)).size };
      }),
  );
  return {
    files: files.sort((a, b) => a.name.localeCompare(b.name)),
    log: await tail(join(folder, 'log.txt')),
  };
}

/** The last bytes of a file; nothing where there is none. */
async function tail(path: string): Promise<string> {
  const file = await open(path).catch(() => null);
  if (!file) return '';
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - logBytes);
    const buffer = Buffer.alloc(size - start);
    await file.read(buffer, 0, buffer.length, start);
    return buffer.toString('utf8');
  } finally {
    await file.close();
  }
}
