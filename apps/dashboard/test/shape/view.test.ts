import { expect, it } from 'vitest';
import { changedView } from '../../shape/view.ts';

it.each([
  ['', { where: 'gap > 0.1' }, 'where=gap+%3E+0.1'],
  ['where=a&slice=model.alpha', { where: '' }, 'slice=model.alpha'],
  ['score=f1&sort=gap', { group: 'state' }, 'sort=gap&group=state&score=f1'],
])('of the address ?%s a view changes its own part alone', (before, change, after) => {
  expect(changedView(new URLSearchParams(before), change).toString()).toBe(after);
});
