import { expect, it } from 'vitest';
import { readViews, withView } from '../../shape/saved-views.ts';

it('views are kept by name, and what is none is passed over', () => {
  const views = withView(withView([], { name: 'paper', query: 'where=a' }), {
    name: 'best',
    query: 'sort=-gap',
  });
  expect(views.map(({ name }) => name)).toEqual(['best', 'paper']);
  expect(withView(views, { name: 'paper', query: 'where=b' })[1]!.query).toBe('where=b');
  expect(readViews(JSON.stringify([...views, null, { name: 3 }]))).toEqual(views);
  for (const text of [null, '', '{', '{"name": "x"}', '3']) expect(readViews(text)).toEqual([]);
});
