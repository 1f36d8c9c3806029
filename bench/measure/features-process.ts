import { createEngine } from '@thaw/compute';
import { loadDataset } from '@thaw/data';
import { settingsSchema } from '@thaw/experiment';
import { extractFeatures } from '@thaw/training';
import { answer } from './in-own-process.ts';

export interface FeaturesOptions {
  readonly folder: string;
  readonly cacheDir: string;
}

export interface FeaturesCost {
  readonly images: number;
  /** From the folder's name to checked and split images. */
  readonly loadSeconds: number;
  /** From there to a feature of every image on disk. */
  readonly featureSeconds: number;
  readonly peakMemoryBytes: number;
}

answer(async ({ folder, cacheDir }: FeaturesOptions): Promise<FeaturesCost> => {
  const settings = settingsSchema.parse({ dataset: { path: folder }, model: { weights: 'bundled' } });
  const start = performance.now();
  const { train, validation, test, depthRange } = await loadDataset(settings, { cacheDir });
  const loaded = performance.now();
  const images = [...train, ...validation, ...test];
  const engine = createEngine('onnx', { sharedCores: false });
  await extractFeatures(images, settings, { engine, cacheDir, depthRange });
  return {
    images: images.length,
    loadSeconds: (loaded - start) / 1000,
    featureSeconds: (performance.now() - loaded) / 1000,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
  };
});
