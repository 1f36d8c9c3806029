import { expect, test } from 'vitest';
import { SessionPool, type OpenGraph } from '../src/engines/onnx/session-pool.ts';

const megabyte = 2 ** 20;

/** A graph that says when its session is released. */
function graph(name: string, released: string[]): OpenGraph {
  const session = { release: () => Promise.resolve(released.push(name)) };
  return { session: session as unknown as OpenGraph['session'], weights: [] };
}

test('a session is used again by who needs the same graph, and by one at a time', async () => {
  const [pool, released] = [new SessionPool(), [] as string[]];
  let opened = 0;
  const open = () => Promise.resolve(graph(`session ${++opened}`, released));
  const first = await pool.take('a', open);
  expect(await pool.take('a', open)).not.toBe(first);
  await pool.give('a', megabyte, first);
  await pool.take('b', open);
  expect(await pool.take('a', open)).toBe(first);
  expect(opened).toBe(3);
  expect(released).toEqual([]);
});

test('sessions that hold too much memory together go, those first that were given back first', async () => {
  const [pool, released] = [new SessionPool(), [] as string[]];
  await pool.give('a', 100 * megabyte, graph('a', released));
  await pool.give('b', 100 * megabyte, graph('b', released));
  await pool.give('c', 100 * megabyte, graph('c', released));
  expect(released).toEqual(['a']);
  await pool.give('d', 1000 * megabyte, graph('d', released));
  // Too large to be kept, whatever else goes.
  expect(released).toEqual(['a', 'd']);
});
