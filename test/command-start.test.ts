import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { importDirectly } from '../tools/bundle/direct-imports.ts';

const root = resolve(import.meta.dirname, '..');

/** A bundle and all that is read with it at its start. */
function readAtStart(file: string, read = new Map<string, string>()): ReadonlyMap<string, string> {
  if (read.has(file)) return read;
  const code = readFileSync(file, 'utf8');
  read.set(file, code);
  for (const [, path] of code.matchAll(/^import (?:[^;]*? from )?"(\.[^"]+)";$/gm))
    readAtStart(join(dirname(file), path!), read);
  return read;
}

it('reads little more than its options before the command line knows what to do', () => {
  const main = join(process.env['THAW_BUNDLES']!, 'apps/cli/src/main.js');
  const files = readAtStart(main);
  expect(files.size).toBeGreaterThan(1);
  const code = [...files.values()].join('');
  expect(code.length).toBeLessThan(600_000);
  const libraries = [
    ...new Set([...code.matchAll(/^\/\/ .*?node_modules\/([^/\n]+)/gm)].map(([, name]) => name)),
  ];
  expect(libraries).toContain('yargs');
  expect(libraries).not.toContain('zod');
  expect(libraries).not.toContain('yaml');
  expect(libraries).not.toContain('protobufjs');
});

it('has a bundle import what a lib names from where it is', () => {
  const file = join(root, 'apps/cli/src/program.ts');
  const direct = (code: string) => importDirectly(code, file, join(root, 'libs'));
  expect(direct(`import { UserError, type Notice } from '@thaw/base';`)).toBe(
    `import { UserError } from './../../../libs/base/src/user-error.ts';`,
  );
  const others = [`import type { Notice } from '@thaw/base';`, `import { z } from 'zod';`].join('\n');
  expect(direct(others)).toBe(others);
  expect(() => direct(`import { nothing } from '@thaw/base';`)).toThrow('@thaw/base has no nothing');
});
