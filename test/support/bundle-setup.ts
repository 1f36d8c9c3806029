import { rm } from 'node:fs/promises';
import { bundlePrograms } from './bundles.ts';

export default async function setup(): Promise<() => Promise<void>> {
  const folder = process.env['THAW_BUNDLES']!;
  await bundlePrograms(folder);
  return () => rm(folder, { recursive: true, force: true });
}
