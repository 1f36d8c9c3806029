import { readFile, rm, writeFile } from 'node:fs/promises';
import { vi } from 'vitest';

/** Runs a TypeScript example of a README, with a folder for its working directory, and returns what it printed. */
export async function runExample(lib: string, folder: string, which = 0): Promise<unknown[][]> {
  const readme = await readFile(new URL(`../../libs/${lib}/README.md`, import.meta.url), 'utf8');
  const code = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)][which]![1]!;
  // Beside this file, where the packages are found.
  const file = new URL(`./.example-${lib}-${which}.ts`, import.meta.url);
  await writeFile(file, code);
  const before = process.cwd();
  process.chdir(folder);
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  try {
    await import(/* @vite-ignore */ file.href);
    return [...log.mock.calls];
  } finally {
    log.mockRestore();
    process.chdir(before);
    await rm(file);
  }
}
