import { expect, it } from 'vitest';
import config from '../next.config.ts';
import { sources } from '../server/source-hash.ts';

it('the pages are built anew when any lib that is compiled into them has changed', () => {
  const libs = config.transpilePackages.map((name) => name.replace(/^@thaw\/(.*)$/, 'libs/$1/src'));
  expect(sources.folders.filter((folder) => folder.startsWith('libs/'))).toEqual(libs);
});
