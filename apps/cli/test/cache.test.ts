import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '@thaw/base';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clearCache } from '../src/cache/clear-cache.ts';
import { formatBytes } from '../src/cache/format-bytes.ts';
import { showCache } from '../src/cache/show-cache.ts';

const now = new Date('2026-11-23T12:00:00Z');
let runsDir: string;
let printed: string;

beforeEach(() => {
  runsDir = mkdtempSync(join(tmpdir(), 'thaw-cache-'));
  printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(runsDir, { recursive: true, force: true });
});

/** Makes a folder of the cache with one file, last used some hours before `now`. */
function keep(kind: string, name: string, bytes: number, hours: number): string {
  const folder = join(runsDir, 'cache', kind, name);
  mkdirSync(folder, { recursive: true });
  const time = new Date(now.getTime() - hours * 3600e3);
  writeFileSync(join(folder, 'file'), Buffer.alloc(bytes));
  utimesSync(join(folder, 'file'), time, time);
  utimesSync(folder, time, time);
  return folder;
}

describe('cache show', () => {
  it('sums up each part', async () => {
    keep('activations', 'a', 1500, 1);
    keep('activations', 'b', 500, 3);
    keep('weights', 'w', 10, 3);
    keep('activations', '.removed-x', 999, 3);
    const output = join(runsDir, 'cache.json');
    await showCache({ runsDir, output });
    expect(JSON.parse(await readFile(output, 'utf8'))).toMatchObject({
      bytes: 2010,
      parts: [
        { kind: 'activations', entries: 2, bytes: 2000, used: '2026-11-23T11:00:00.000Z' },
        { kind: 'weights', entries: 1, bytes: 10 },
      ],
    });
    expect(printed).toMatch(/activations.*2\.00 KB.*2.*2026-11-23 11:00.*what frozen layers make/);
    expect(printed).toContain('2.01 KB in ');
  });

  it('says that nothing is kept', async () => {
    await showCache({ runsDir, output: null });
    expect(printed).toBe(`Nothing is kept in ${join(runsDir, 'cache')}.\n`);
  });
});

describe('cache clear', () => {
  it('removes what was not used for a time, and then everything', async () => {
    const [fresh, old] = [keep('activations', 'fresh', 100, 1), keep('activations', 'old', 200, 72)];
    await clearCache({ runsDir, olderThan: '2d', now });
    expect([existsSync(fresh), existsSync(old)]).toEqual([true, false]);
    await clearCache({ runsDir, olderThan: null, now });
    expect(existsSync(fresh)).toBe(false);
    expect(printed).toBe('Removed 1 entry, 200 B.\nRemoved 1 entry, 100 B.\n');
  });

  it.each(['', '3', 'd', '3 weeks', '-1d'])('does not guess what %j means', async (olderThan) => {
    await expect(clearCache({ runsDir, olderThan, now })).rejects.toThrow(UserError);
  });
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.00 KB'],
  [12_345_678, '12.3 MB'],
  [20e9, '20.0 GB'],
  [5e15, '5000 TB'],
])('%d bytes read as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
