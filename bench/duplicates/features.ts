import { join } from 'node:path';
import { createEngine } from '@thaw/compute';
import type { Planted } from '@thaw/data/planted-copies';
import { settingsSchema } from '@thaw/experiment';
import { extractFeatures } from '@thaw/training';

/** Pairs of images whose pooled features of the bundled backbone (MobileNetV2, ImageNet) have a cosine of at least `least`. */
export async function pairsByFeatures(
  images: readonly Planted[],
  folder: string,
  least: number,
): Promise<[number, number][]> {
  const settings = settingsSchema.parse({ dataset: { path: folder }, model: { weights: 'bundled' } });
  const engine = createEngine('onnx', { sharedCores: false });
  const files = images.map(({ path, sha256 }) => ({ path, sha256, name: path, label: 0, group: null }));
  const rows = await extractFeatures(files, settings, {
    engine,
    cacheDir: join(folder, `features ${least}`),
    depthRange: null,
  });
  const units = rows.map((row) => {
    const length = Math.hypot(...row);
    return row.map((value) => value / length);
  });
  const pairs: [number, number][] = [];
  for (const [b, second] of units.entries()) {
    for (let a = 0; a < b; a++) {
      const first = units[a]!;
      let cosine = 0;
      for (let i = 0; i < first.length; i++) cosine += first[i]! * second[i]!;
      if (cosine >= least) pairs.push([a, b]);
    }
  }
  return pairs;
}
