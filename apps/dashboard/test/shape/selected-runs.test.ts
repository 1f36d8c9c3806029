import { expect, it } from 'vitest';
import { archiveChange, howMany, withShown } from '../../shape/selected-runs.ts';

it.each([
  [['a', 'b'], ['x', 'y'], 'none', ['x', 'y', 'a', 'b']],
  [['a', 'b'], ['x', 'a'], 'some', ['x']],
  [['a', 'b'], ['x', 'a', 'b'], 'all', ['x']],
  [[], ['x'], 'none', ['x']],
])('of the runs %j, with %j selected, %s are, and a press leaves %j', (shown, selected, many, after) => {
  expect(howMany(shown, new Set(selected))).toBe(many);
  expect([...withShown(shown, new Set(selected))]).toEqual(after);
});

it('only runs that a press on Archive changes are changed, so that taking it back leaves the others as they were', () => {
  const [old, kept] = [
    { id: 'old', archived: true },
    { id: 'kept', archived: false },
  ];
  expect(archiveChange([old, kept])).toEqual({ archived: true, ids: ['kept'] });
  expect(archiveChange([old])).toEqual({ archived: false, ids: ['old'] });
  expect(archiveChange([kept, { id: 'untold' }])).toEqual({ archived: true, ids: ['kept', 'untold'] });
});
