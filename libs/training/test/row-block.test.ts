import { describe, expect, it } from 'vitest';
import { RowBlock } from '../src/sources/row-block.ts';

/** A block of rows of two values, `a` to `z` as their letter's number and its negative, and the keys that it has read. */
function block(room: number) {
  const read: string[] = [];
  const made = new RowBlock(2, room, (key, target, offset) => {
    read.push(key);
    const value = key.charCodeAt(0) - 96;
    target.set([value, -value], offset);
  });
  return { made, read };
}

describe('a block of rows', () => {
  it('gives rows without a copy in the order in which they were first asked for, and reads each once', () => {
    const { made, read } = block(5);
    const first = made.rows(['c', 'a']);
    const second = made.rows(['b', 'd']);
    expect([[...first], [...second]]).toEqual([
      [3, -3, 1, -1],
      [2, -2, 4, -4],
    ]);
    const again = made.rows(['a', 'b'], new Float32Array(4));
    expect(again.buffer).toBe(first.buffer);
    expect([...again]).toEqual([1, -1, 2, -2]);
    expect(read).toEqual(['c', 'a', 'b', 'd']);
  });

  it('copies rows in any other order, to where it is told', () => {
    const { made } = block(3);
    made.rows(['a', 'b', 'c']);
    const into = new Float32Array(6);
    expect(made.rows(['c', 'b', 'c'], into)).toBe(into);
    expect([...into]).toEqual([3, -3, 2, -2, 3, -3]);
    expect([...made.rows(['c', 'a'])]).toEqual([3, -3, 1, -1]);
  });

  it('reads rows anew for which it has no room', () => {
    const { made, read } = block(1);
    for (let i = 0; i < 2; i++) expect([...made.rows(['a', 'b'])]).toEqual([1, -1, 2, -2]);
    expect(read).toEqual(['a', 'b', 'b']);
    const none = block(0);
    expect([...none.made.rows(['a'])]).toEqual([1, -1]);
    expect([...none.made.rows([])]).toEqual([]);
  });
});
