import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCommandLine } from '../src/cli.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'thaw-augment-'));
  writeFileSync(
    join(folder, 'e.yaml'),
    [
      'dataset: {train_sources_per_class: 2, test_sources_per_class: 1, images_per_source: 4}',
      'model: {image_size: 32, weights: bundled}',
    ].join('\n'),
  );
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function augment(...args: string[]): Promise<string> {
  let text = '';
  const out = vi
    .spyOn(process.stdout, 'write')
    .mockImplementation((chunk) => ((text += String(chunk)), true));
  const errors = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    const where = ['--config', join(folder, 'e.yaml'), '--runs-dir', join(folder, 'runs')];
    await runCommandLine(['augment', ...where, ...args]);
  } finally {
    out.mockRestore();
    errors.mockRestore();
  }
  return text;
}

describe('augment', () => {
  const mixed = '--set=augmentation={rotation_range: 30, cutmix_alpha: 1}';

  it('draws images of all classes as they are and as each epoch shows them', async () => {
    const file = join(folder, 'runs', 'augmentation.png');
    expect(await augment(mixed, '--images', '5', '--epochs', '3')).toBe(
      `5 training images, each as it is and as 3 epochs would show it: ${file}\n`,
    );
    const { width, height, format } = await sharp(file).metadata();
    // Four columns and five rows of 96 pixels, 6 apart, rows under titles of 20.
    expect({ width, height, format }).toEqual({ width: 434, height: 636, format: 'png' });
    // The first column is an image as it is; what is beside it differs.
    const pixels = (left: number) =>
      sharp(file).extract({ left, top: 36, width: 96, height: 96 }).raw().toBuffer();
    const [plain, ...views] = await Promise.all([16, 118, 220, 322].map(pixels));
    expect(views.every((view) => !view.equals(plain!))).toBe(true);
    expect(new Set(views.map((view) => view.toString('base64'))).size).toBe(3);
  });

  it('draws the same again, and where it is told to', async () => {
    const [a, b] = [join(folder, 'a.png'), join(folder, 'b.png')];
    await augment(mixed, '--epochs', '1', '--output', a);
    await augment(mixed, '--epochs', '1', '--output', b);
    const [first, second] = await Promise.all([a, b].map((file) => sharp(file).raw().toBuffer()));
    expect(first!.equals(second!)).toBe(true);
  });

  it.each([
    [[], 'augmentation: found false, so that images are shown as they are; allowed here: true'],
    [[mixed, '--images', '0'], '--images: found "0"; allowed: a whole number of 1 or more'],
    [[mixed, '--epochs', '101'], '--epochs: found 101; allowed: 1 to 100'],
    [['--set=augmentation={rotate: 3}'], 'augmentation.rotate: found an unknown key'],
  ])('refuses %j in one message, and writes nothing', async (args, message) => {
    const output = join(folder, 'none.png');
    await expect(augment(...args, '--output', output)).rejects.toThrow(message);
    expect(existsSync(output)).toBe(false);
  });
});
