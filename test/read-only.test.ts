import { mkdtempSync, rmSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFileAtomic, writeProblem } from '@thaw/base';
import { afterAll, expect, it, vi } from 'vitest';

vi.mock(import('node:fs/promises'), { spy: true });

const root = mkdtempSync(join(tmpdir(), 'thaw-read-only-'));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

it("a file that is written on a read-only file system ends with the system's own reason", async () => {
  const refusal = (code: string) => Promise.reject(Object.assign(new Error(`${code}: mkdir`), { code }));
  // As Linux and Node 20 answer on one.
  vi.mocked(fs.mkdir).mockImplementation((_, options) =>
    refusal(typeof options === 'object' && options?.recursive ? 'ENOENT' : 'EROFS'),
  );
  try {
    await expect(writeFileAtomic(join(root, 'runs', 'x', 'y.json'), '')).rejects.toMatchObject({
      code: 'EROFS',
    });
  } finally {
    vi.mocked(fs.mkdir).mockRestore();
  }
});

it('whether a file can be written is tried, as rights say nothing of a read-only file system', async () => {
  vi.mocked(fs.writeFile).mockRejectedValueOnce(Object.assign(new Error('EROFS'), { code: 'EROFS' }));
  expect(await writeProblem(join(root, 'x.json'))).toMatch(/is on a read-only file system$/);
});
