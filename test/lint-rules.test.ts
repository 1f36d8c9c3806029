import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Linter, type Rule } from 'eslint';
import tseslint from 'typescript-eslint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
// @ts-expect-error plain JavaScript, which is what ESLint reads its configuration from
import { noImportCircle } from '../tools/lint/no-import-circle.js';
// @ts-expect-error plain JavaScript, too
import { noPathOfAnotherApp } from '../tools/lint/no-path-of-another-app.js';

/** What a rule says of a file with this text. */
function reported(rule: unknown, filename: string, text: string, cwd: string): string[] {
  const linter = new Linter({ cwd });
  const config = {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser as Linter.Parser },
    plugins: { house: { rules: { rule: rule as Rule.RuleModule } } },
    rules: { 'house/rule': 'error' as const },
  };
  return linter.verify(text, config, filename).map(({ message }) => message);
}

describe('no-import-circle', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'thaw-lint-'));
    const files = {
      'a.ts': `import { b } from './deeper/b.ts';`,
      'deeper/b.ts': `export type { C } from '../c.ts';`,
      'c.ts': `import type { A } from './a.ts';`,
      'lazy.ts': `export const later = () => import('./lazy-too.ts');`,
      'lazy-too.ts': `export const type = (it: import('./lazy.ts').T) => it;`,
      'self.ts': `import * as self from './self.ts';`,
      'leaf.ts': `import { join } from 'node:path';`,
    };
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['a.ts', `import { b } from './deeper/b.ts';`, 'a.ts -> deeper/b.ts -> c.ts -> a.ts'],
    ['c.ts', `import type { A } from './a.ts';`, 'c.ts -> a.ts -> deeper/b.ts -> c.ts'],
    ['deeper/b.ts', `export type { C } from '../c.ts';`, 'deeper/b.ts -> c.ts -> a.ts -> deeper/b.ts'],
    ['deeper/b.ts', `export * from '../c.ts';`, 'deeper/b.ts -> c.ts -> a.ts -> deeper/b.ts'],
    ['lazy.ts', `const later = () => import('./lazy-too.ts');`, 'lazy.ts -> lazy-too.ts -> lazy.ts'],
    ['lazy-too.ts', `type T = import('./lazy.ts').T;`, 'lazy-too.ts -> lazy.ts -> lazy-too.ts'],
    ['self.ts', `import * as self from './self.ts';`, 'self.ts -> self.ts'],
  ])('finds the circle in %s: %s', (name, text, way) => {
    const said = reported(noImportCircle, join(folder, name), text, folder);
    expect(said).toEqual([`these files import one another: ${way}`]);
  });

  it.each([
    ['d.ts', `import { a } from './a.ts';`],
    ['d.ts', `import { leaf } from './leaf.ts'; import { readFile } from 'node:fs/promises';`],
    ['d.ts', `import { gone } from './gone.ts'; export const here = 1;`],
  ])('says nothing of %s with %s', (name, text) => {
    expect(reported(noImportCircle, join(folder, name), text, folder)).toEqual([]);
  });
});

describe('no-path-of-another-app', () => {
  const root = join(import.meta.dirname, '..');
  const said = (file: string, text: string) => reported(noPathOfAnotherApp, join(root, file), text, root);

  it.each([
    ['apps/dashboard/server/x.ts', `join(import.meta.dirname, '../../cli/src/main.ts')`, 'cli'],
    ['apps/dashboard/server/x.ts', `import { main } from '../../cli/src/main.ts';`, 'cli'],
    ['apps/dashboard/server/x.ts', 'spawn(`${root}/apps/cli/src/main.ts`)', 'cli'],
    ['apps/cli/src/x.ts', `import { page } from '@thaw/dashboard/app';`, 'dashboard'],
    ['apps/cli/src/deep/x.ts', `const folder = '../../../dashboard';`, 'dashboard'],
    ['libs/sweep/src/x.ts', `const main = 'node apps/cli/src/main.ts';`, 'cli'],
    ['libs/sweep/src/x.ts', `new URL('../../../apps/cli/src/main.ts', import.meta.url)`, 'cli'],
  ])('%s may not say %s', (file, text, app) => {
    expect(said(file, text)).toEqual([`this names the app ${app}: what both need belongs in a lib`]);
  });

  it.each([
    ['apps/cli/src/x.ts', `const main = 'apps/cli/src/main.ts';`],
    ['apps/cli/src/x.ts', `import { sweep } from '@thaw/sweep'; import { y } from './y.ts';`],
    ['apps/dashboard/server/x.ts', `const words = 'a client, a cli and ../secret.png';`],
    ['apps/dashboard/server/x.ts', `const path = 'maps/cli/x'; const it = '@thaw/client';`],
    ['test/x.ts', `const main = 'apps/cli/src/main.ts';`],
  ])('%s may say %s', (file, text) => {
    expect(said(file, text)).toEqual([]);
  });
});
