import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const { withBundle } = createRequire(import.meta.url)('../tools/nx-program/bundles.cjs') as {
  withBundle: (words: readonly string[], root: string) => string[];
};

test('a bundle that was started lately stays where it is when the sources have changed', () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'thaw-bundles-')));
  try {
    const write = (name: string, text: string) => {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    };
    const dashboard = ['api', 'server', 'shape', 'store'].map((name) => `apps/dashboard/${name}/main.ts`);
    const sources = ['apps/cli/src/main.ts', ...dashboard, 'libs/a.ts', 'package.json', 'package-lock.json'];
    for (const name of sources) write(name, '{}');
    // In the place of what bundles.
    write('tools/bundle/main.ts', "import { mkdirSync } from 'node:fs';\nmkdirSync(process.argv[2]!);\n");
    mkdirSync(join(root, 'node_modules'));
    symlinkSync(resolve(import.meta.dirname, '../node_modules/tsx'), join(root, 'node_modules/tsx'));
    const start = () => {
      const [bundle] = withBundle([join(root, 'apps/cli/src/main.ts')], root);
      return bundle!.split('/apps/')[0]!;
    };

    const first = start();
    const server = join(root, 'apps/dashboard/server/main.ts');
    expect(withBundle(['--max-old-space-size=1', '--import', 'tsx', server, '--port'], root)).toEqual([
      '--max-old-space-size=1',
      join(first, 'apps/dashboard/server/main.js'),
      '--port',
    ]);
    const old = new Date('2001-01-01');
    utimesSync(first, old, old);
    expect(start()).toBe(first);
    write('libs/a.ts', '{ }');
    const second = start();
    expect(second).not.toBe(first);
    expect([first, second].map((folder) => existsSync(folder))).toEqual([true, true]);
    utimesSync(first, old, old);
    write('libs/a.ts', '{  }');
    start();
    expect(existsSync(first)).toBe(false);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
