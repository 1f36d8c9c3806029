import { expect, it } from 'vitest';
import { errorMessage } from '../server/error-message.ts';
import { readOptions } from '../server/options.ts';

it('tells more about errors where it is asked to, as every command does', async () => {
  expect(await readOptions([])).toMatchObject({ debug: false });
  expect(await readOptions(['--log-level', 'debug'])).toMatchObject({ debug: true });
  const error = new TypeError('x is undefined');
  expect(errorMessage(error, false)).toBe(
    'x is undefined\nThis is a defect in Thaw; --log-level debug shows where it is.',
  );
  expect(errorMessage(error, true)).toContain(import.meta.filename);
});

it.each([
  [['--log-levl', 'debug'], 'unknown option --log-levl; did you mean --log-level?'],
  [
    ['--prot', '1', '--hots', 'x'],
    'unknown option --prot; did you mean --port?\nunknown option --hots; did you mean --host?',
  ],
  [['show'], 'unknown argument show'],
])('names the nearest option for %j', async (args, message) => {
  await expect(readOptions(args)).rejects.toThrow(`${message}\n--help shows what there is.`);
});
