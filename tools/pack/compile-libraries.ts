import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import ts from 'typescript';
import { inRoot, root, sayPlaces, type Places } from '../bundle/bundle-programs.ts';

/**
 * Compiles source files, and what they import of the libs, into JavaScript with declarations and source maps, each to its own
 * place below a folder. Types are not checked: `npx nx run lint` does. Throws Error where something cannot be compiled.
 */
export async function compileLibraries(entries: readonly string[], folder: string): Promise<void> {
  const { config } = ts.readConfigFile(inRoot('tsconfig.base.json'), ts.sys.readFile) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram(entries.map(inRoot), {
    ...options,
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
  });
  const written = new Map<string, string>();
  const { diagnostics } = program.emit(undefined, (file, text) => written.set(file, text));
  if (diagnostics.length > 0) {
    throw new Error(ts.formatDiagnostics(diagnostics, ts.createCompilerHost(options)));
  }
  for (const [file, text] of written) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, edit(text, file.slice(folder.length + 1)));
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
