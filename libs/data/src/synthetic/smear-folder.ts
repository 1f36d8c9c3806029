import path from 'node:path';
import { sha256 } from '@thaw/base';
import type { SyntheticDataset } from '@thaw/experiment';

/** Raise this whenever the same settings would give other bytes, so that no old folder is taken for a new one. */
const generatorVersion = 1;

export type SmearOptions = Pick<
  SyntheticDataset,
  'train_sources_per_class' | 'test_sources_per_class' | 'images_per_source' | 'seed'
>;

/** The folder under `cacheDir` that `synthesizeSmear` draws a smear into, whether it has or not. */
export function smearFolder(
  { train_sources_per_class, test_sources_per_class, images_per_source, seed }: SmearOptions,
  cacheDir: string,
): string {
  const options = { train_sources_per_class, test_sources_per_class, images_per_source, seed };
  const name = sha256(JSON.stringify({ generatorVersion, ...options })).slice(0, 16);
  return path.join(cacheDir, 'synthetic-smear', name);
}
