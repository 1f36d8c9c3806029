import { expect, it } from 'vitest';
import { toCsv } from '../../shape/export-rows.ts';

it('writes tags as one field with commas between, as `runs list` does', () => {
  expect(toCsv([{ id: 'r', tags: ['good one', 'kept'] }], ['id', 'tags'])).toBe(
    'id,tags\r\nr,"good one, kept"\r\n',
  );
});
