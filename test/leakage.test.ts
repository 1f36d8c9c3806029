import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { programArguments } from '@thaw/base/testing';
import { synthesizeSmear } from '@thaw/data';
import { settingsSchema, type SyntheticDataset } from '@thaw/experiment';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'thaw-leakage-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(...args: string[]): Promise<Ended> {
  return new Promise((done) => {
    const main = [...programArguments(join(root, 'apps/cli/src/main.ts')), ...args];
    execFile(process.execPath, main, { cwd: root }, (error, stdout, stderr) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

interface Document {
  readonly images: number;
  readonly groups: number;
  readonly files: { path: string; split: string; class: string; group: string }[];
  readonly crossings: unknown[];
  readonly keras_validation_split: Record<string, number>;
  readonly mixed_labels: string[];
  readonly pictures: string;
  readonly skipped: { name: string }[];
}

describe('leakage of the synthetic smear', () => {
  it('is found without being told the sources, and shown', async () => {
    const runsDir = join(folder, 'runs');
    const dataset = { train_sources_per_class: 3, test_sources_per_class: 1, images_per_source: 5 };
    const settings = settingsSchema.parse({ dataset }).dataset as SyntheticDataset;
    const smear = await synthesizeSmear(settings, join(folder, 'smear'));
    const sources = new Map(
      readFileSync(join(smear, 'sources.csv'), 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((row) => row.split(',') as [string, string]),
    );
    const output = join(folder, 'leakage.json');
    const args = ['--data', smear, '--runs-dir', runsDir, '--output', output];
    const { code, stdout, stderr } = await run('leakage', ...args);
    expect(code, stderr).toBe(0);

    const document = JSON.parse(await readFile(output, 'utf8')) as Document;
    expect(document).toMatchObject({ images: 80, crossings: [], mixed_labels: [], skipped: [] });
    expect(document.files.map(({ path }) => path).sort()).toEqual([...sources.keys()].sort());
    for (const { path, split, class: label } of document.files) {
      expect(path.startsWith(`${split.toUpperCase()}/${label}/`)).toBe(true);
    }
    // No group holds images of two sources, and hardly a source falls apart.
    const groupsOf = new Map<string, Set<string>>();
    for (const { path, group } of document.files) {
      groupsOf.set(group, (groupsOf.get(group) ?? new Set()).add(sources.get(path)!));
    }
    expect([...groupsOf.values()].filter((names) => names.size > 1)).toEqual([]);
    expect(document.groups).toBe(groupsOf.size);
    expect(document.groups).toBeLessThanOrEqual(16 + 2);
    expect(document.keras_validation_split).toMatchObject({ fraction: 0.2, validation_images: 12 });
    expect(document.keras_validation_split.validation_images_with_a_twin_in_training).toBeGreaterThan(8);

    expect(stdout).toContain('split: {strategy: grouped, groups: detect}');
    expect(stdout).toContain('No photograph crosses train and test.');
    const pictures = await readdir(document.pictures);
    expect(pictures.sort()).toEqual(['keras-validation-split.png', 'largest-groups.png']);
    for (const name of pictures) {
      expect((await sharp(join(document.pictures, name)).metadata()).width).toBe(1446);
      expect(stdout).toContain(name);
    }

    // What was found is kept, pictures included, so a second time gives the same.
    const again = await run('leakage', ...args);
    expect(again.code, again.stderr).toBe(0);
    const second = JSON.parse(await readFile(output, 'utf8')) as Document;
    expect({ ...second, seconds: 0 }).toEqual({ ...document, seconds: 0 });
    expect(await readdir(join(runsDir, 'leakage'))).toHaveLength(1);
  });

  it('is nothing in one image, and says what it left out', async () => {
    const data = join(folder, 'one');
    await mkdir(data);
    const pixels = new Uint8Array(64 * 64 * 3).map((_, i) => (i * 7919) % 251);
    await writeFile(
      join(data, 'a.png'),
      await sharp(pixels, { raw: { width: 64, height: 64, channels: 3 } })
        .png()
        .toBuffer(),
    );
    await writeFile(join(data, 'b.png'), 'no image');
    const { code, stdout, stderr } = await run('leakage', '--data', data, '--runs-dir', join(folder, 'runs'));
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('left out: b.png: cannot be decoded');
    expect(stdout).toMatch(/^1 image in .* comes from 1 photograph: no two images come from one photograph/);
    expect(stdout).not.toContain('Pictures');
  });
});
