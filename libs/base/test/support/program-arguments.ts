import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../../..');

interface RootPackage {
  readonly nx: {
    readonly targets: Readonly<Record<string, { readonly options: { readonly command: string } }>>;
  };
}

/** The file of the program that `npx nx run sweep`, and every other command, starts. */
export function commandLine(): string {
  const { nx } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as RootPackage;
  return join(
    root,
    nx.targets['sweep']!.options.command.split(' ').find((word) => word.endsWith('.ts'))!,
  );
}

/** Where the bundle of a program lies, among those that a run of the tests has made; null without one. */
export function bundleOf(file: string): string | null {
  const { THAW_BUNDLES: bundles } = process.env;
  if (bundles === undefined) return null;
  const bundle = join(bundles, relative(root, file).replace(/\.ts$/, '.js'));
  return existsSync(bundle) ? bundle : null;
}

/** What Node runs a TypeScript program with: its bundle, which starts in a fraction of the time, or its source. */
export function programArguments(file: string): string[] {
  const bundle = file.endsWith('.ts') ? bundleOf(file) : file;
  return bundle === null ? ['--import', 'tsx', file] : [bundle];
}
