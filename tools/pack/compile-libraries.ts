import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { glob } from 'tinyglobby';
import { inRoot, root, sayPlaces, type Places } from '../bundle/bundle-programs.ts';

const run = promisify(execFile);

/**
 * Compiles source files, and what they import of the libs, into JavaScript with declarations and source maps, each to its own
 * place below a folder. Types are not checked: `npx nx run lint` does. Throws Error where something cannot be compiled.
 */
export async function compileLibraries(entries: readonly string[], folder: string): Promise<void> {
  const compilerOptions = {
    typeRoots: [inRoot('node_modules/@types')],
    rootDir: root,
    outDir: folder,
    noEmit: false,
    noCheck: true,
    incremental: false,
    allowImportingTsExtensions: false,
    rewriteRelativeImportExtensions: true,
    declaration: true,
    sourceMap: true,
    inlineSources: true,
    stripInternal: true,
  };
  await mkdir(folder, { recursive: true });
  const project = join(folder, 'tsconfig.json');
  const compile = async (files: readonly string[], ...flags: string[]): Promise<string> => {
    const settings = { extends: inRoot('tsconfig.base.json'), compilerOptions, files };
    await writeFile(project, JSON.stringify(settings));
    const compiler = inRoot('node_modules/native-typescript/bin/tsc');
    const { stdout } = await run(process.execPath, [compiler, '-p', project, ...flags]).catch(
      (error: unknown) => {
        throw new Error((error as { stdout?: string }).stdout || String(error));
      },
    );
    return stdout;
  };
  // What is imported by a package's name, too, is at times not written (TypeScript 7.0.2) unless it is asked for.
  const read = (await compile(entries.map(inRoot), '--listFilesOnly')).split('\n');
  await compile(read.filter((file) => file.startsWith(inRoot('libs/')) && !file.includes('node_modules')));
  await rm(project);
  for (const file of await glob('**/*.{js,d.ts}', { cwd: folder })) {
    const path = join(folder, file);
    await writeFile(path, edit(await readFile(path, 'utf8'), file));
  }
}

function edit(text: string, file: string): string {
  if (file.endsWith('.js')) return sayPlaces(text, inRoot(file), threadsInJavaScript);
  // The compiler rewrites imports in JavaScript alone.
  return file.endsWith('.d.ts')
    ? text.replace(/((?:from |import\()['"]\.[^'"]*)\.ts(?=['"])/g, '$1.js')
    : text;
}

/** Threads need no loader for TypeScript here; all else is where it was. */
const threadsInJavaScript: Places = {
  program: (file) =>
    file.endsWith('.ts') ? `'./${file.split('/').at(-1)!.replace(/ts$/, 'js')}', import.meta.url` : null,
  asset: () => null,
  url: () => null,
  folder: () => null,
};
