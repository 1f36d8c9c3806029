import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { fromOptionalPackage, UserError } from '../src/index.ts';

const require = createRequire(import.meta.url);

it('says which package is missing, and for what', () => {
  const load = () =>
    fromOptionalPackage('@thaw/no-such', 'what you asked for', () => require('@thaw/no-such') as unknown);
  expect(load).toThrow(UserError);
  expect(load).toThrow('what you asked for needs the package @thaw/no-such, which is not installed here');
});

it('gives what is there, and leaves other errors as they are', () => {
  expect(fromOptionalPackage('yauzl', 'this', () => 1)).toBe(1);
  const broken = () => fromOptionalPackage('yauzl', 'this', () => require('./no-such-file') as unknown);
  expect(broken).toThrow("Cannot find module './no-such-file'");
  expect(broken).not.toThrow(UserError);
});
