import { UserError } from '@thaw/base';
import type { Dataset } from '@thaw/data';
import { expect, test } from 'vitest';
import { expectData, OtherData } from '../src/other-data.ts';

const dataset = { train: [], validation: [], test: [], fingerprint: 'a'.repeat(64) } as unknown as Dataset;
const load = () => Promise.resolve(dataset);

test('any data set will do where none is expected, and only the expected one where one is', async () => {
  expect(await expectData(undefined, load)).toBe(dataset);
  expect(await expectData(dataset.fingerprint, load)).toBe(dataset);
  const other = expectData('b'.repeat(64), load);
  await expect(other).rejects.toThrow(OtherData);
  await expect(other).rejects.toThrow('with the fingerprint aaaaaaaaaaaa, not bbbbbbbbbbbb');
});

test('data that are not there are other data, and a defect stays a defect', async () => {
  const missing = () => Promise.reject(new UserError('there is no folder x'));
  await expect(expectData('b', missing)).rejects.toThrow(OtherData);
  await expect(expectData(undefined, missing)).rejects.not.toThrow(OtherData);
  const defect = () => Promise.reject(new RangeError('defect'));
  await expect(expectData('b', defect)).rejects.toThrow(RangeError);
});
