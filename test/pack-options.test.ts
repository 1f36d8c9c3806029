import { expect, it } from 'vitest';
import { readOptions } from '../tools/pack/options.ts';

it('packing tells more about errors where it is asked to, and names the nearest option', () => {
  expect(readOptions(['--output', 'x', '--log-level', 'debug'])).toMatchObject({ output: 'x', debug: true });
  expect(readOptions(['--output', 'x'])).toMatchObject({ debug: false });
  expect(() => readOptions(['--output', 'x', '--log-level', 'all'])).toThrow(
    '--log-level: found all; allowed: info, debug',
  );
  expect(() => readOptions(['--outptu', 'x'])).toThrow('unknown option --outptu; did you mean --output?');
});
