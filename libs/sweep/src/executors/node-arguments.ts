import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** What has Node run a program: tsx for TypeScript, found from here so that the working directory does not matter. */
export function argumentsFor(module: URL): string[] {
  if (!module.pathname.endsWith('.ts')) return [];
  return ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href];
}

/** The parent's own Node options, but for what it loads first. */
export function inheritedArguments(own: readonly string[]): string[] {
  return own.filter(
    (argument, i) =>
      argument !== '--import' && own[i - 1] !== '--import' && !argument.startsWith('--inspect'),
  );
}
