import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** Has Node run TypeScript: tsx, found from here so that the working directory does not matter. */
export function typescriptArguments(): string[] {
  return ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href];
}

/** The parent's own Node options, and those that have it run TypeScript. */
export function inheritedArguments(own: readonly string[]): string[] {
  const others = own.filter(
    (argument, i) =>
      argument !== '--import' && own[i - 1] !== '--import' && !argument.startsWith('--inspect'),
  );
  return [...others, ...typescriptArguments()];
}
