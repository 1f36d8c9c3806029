import { describe, expect, it } from 'vitest';
import { Lanes } from '../src/lanes.ts';

/** Works that end when they are told to, and how many go on. */
function works(lanes: Lanes, count: number) {
  const ends: (() => void)[] = [];
  let left = count;
  const all = lanes.run(async (leaves) => {
    while (left > 0 && !leaves()) {
      left--;
      await new Promise<void>((end) => ends.push(end));
    }
  });
  const going = () => ends.length;
  const end = async (number = 1) => {
    for (const each of ends.splice(0, number)) each();
    // Lanes go on in microtasks.
    await new Promise(setImmediate);
  };
  return { all, going, end };
}

describe('lanes', () => {
  it('are as many as are wanted, become more at once, and fewer as works end, though all end at once', async () => {
    const lanes = new Lanes(2);
    const { all, going, end } = works(lanes, 20);
    expect(going()).toBe(2);
    lanes.resize(5);
    expect(going()).toBe(5);
    await end();
    expect(going()).toBe(5);
    lanes.resize(1);
    await end(5);
    expect(going()).toBe(1);
    lanes.resize(3);
    await end(3);
    expect(going()).toBe(3);
    while (going() > 0) await end(3);
    await all;
  });

  it('reject with the first error once the others have ended, and start no more after it', async () => {
    const lanes = new Lanes(2);
    const ends: (() => void)[] = [];
    let started = 0;
    const all = lanes.run(async () => {
      if (++started === 2) throw new Error('broken');
      await new Promise<void>((end) => ends.push(end));
    });
    let hasEnded = false;
    const rejected = expect(all.finally(() => (hasEnded = true))).rejects.toThrow('broken');
    await new Promise(setImmediate);
    lanes.resize(3);
    expect([started, hasEnded]).toEqual([2, false]);
    ends[0]!();
    await rejected;
  });
});
