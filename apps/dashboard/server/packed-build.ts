import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The build that a package of Thaw brings along, which has no sources; relative to the dashboard's folder. */
export const packedBuild = '.next/packed';

/** As Next.js's own standalone servers are told theirs: of a configuration file it would load what builds pages. */
const configVariable = '__NEXT_PRIVATE_STANDALONE_CONFIG';

/** Tells Next.js the configuration that a packed build was made with, but for whether it packs its answers. */
export async function usePackedConfig(appFolder: string, compress: boolean): Promise<void> {
  const file = join(appFolder, packedBuild, 'required-server-files.json');
  const { config } = JSON.parse(await readFile(file, 'utf8')) as { config: object };
  process.env[configVariable] = JSON.stringify({ ...config, distDir: packedBuild, compress });
}
