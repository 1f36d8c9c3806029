import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { halfRows, packRows, unpackRows } from '../src/rows/packed-rows.ts';
import { RowCache } from '../src/rows/row-cache.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'thaw-rows-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function readRow(cache: RowCache<Float32Array>, key: string): number[] {
  const row = new Float32Array(cache.length);
  cache.read(key, row, 0);
  return [...row];
}

/** Packs rows of `length` values. */
function pack(length: number, ...values: number[]): Uint16Array {
  return packRows(Float32Array.from(values), length);
}

function segments(): string[] {
  return readdirSync(folder).map((name) => join(folder, name));
}

/** A segment file with any text for a header. */
function segment(header: string, rowBytes: number): Buffer {
  const prefix = Buffer.alloc(4);
  prefix.writeUInt32LE(Buffer.byteLength(header));
  return Buffer.concat([prefix, Buffer.from(header), Buffer.alloc(rowBytes)]);
}

describe('a cache of rows', () => {
  test('gives back any rows as they were packed under any keys, at once and after it is opened again', async () => {
    const float = fc.float({ noNaN: false });
    const rowsOfLength = fc
      .integer({ min: 1, max: 9 })
      .chain((length) =>
        fc.uniqueArray(
          fc.tuple(fc.string({ unit: 'binary' }), fc.array(float, { minLength: length, maxLength: length })),
          { selector: ([key]) => key, minLength: 1, maxLength: 12 },
        ),
      );
    let round = 0;
    await fc.assert(
      fc.asyncProperty(rowsOfLength, fc.nat(), async (rows, cut) => {
        const path = join(folder, `${round++}`);
        const length = rows[0]![1].length;
        const cache = await RowCache.open(path, length, halfRows);
        const halves = [rows.slice(0, cut % rows.length), rows.slice(cut % rows.length)];
        for (const half of halves) {
          await cache.add(
            half.map(([key]) => key),
            packRows(Float32Array.from(half.flatMap(([, row]) => row)), length),
          );
        }
        const again = await RowCache.open(path, length, halfRows);
        for (const [key, row] of rows) {
          const rounded = new Float32Array(length);
          unpackRows(packRows(Float32Array.from(row), length), length, rounded, 0);
          expect(cache.has(key)).toBe(true);
          expect(readRow(cache, key)).toEqual([...rounded]);
          expect(readRow(again, key)).toEqual([...rounded]);
        }
        cache.close();
        again.close();
      }),
      { numRuns: 50 },
    );
  });

  test('reads a row into the place it is told and nowhere else, and stores a part of a larger array', async () => {
    const cache = await RowCache.open(folder, 2, halfRows);
    await cache.add(['a', 'b'], pack(2, 9, 9, 1, 2, 3, 4).subarray(3));
    const target = new Float32Array(8).fill(7);
    cache.read('b', target.subarray(1), 2);
    expect([...target]).toEqual([7, 7, 7, 3, 4, 7, 7, 7]);
    cache.close();
  });

  test('takes rows from two writers at once; both rows of one key are the same and are read from either', async () => {
    const [one, two] = await Promise.all([
      RowCache.open(folder, 1, halfRows),
      RowCache.open(folder, 1, halfRows),
    ]);
    const adds = Array.from({ length: 10 }, (_, i) => [
      one.add([`one ${i}`, `both ${i}`], pack(1, i, 200 + i)),
      two.add([`both ${i}`, `two ${i}`], pack(1, 200 + i, 100 + i)),
    ]);
    await Promise.all(adds.flat());
    const all = await RowCache.open(folder, 1, halfRows);
    for (let i = 0; i < 10; i++) {
      expect(readRow(one, `one ${i}`)).toEqual([i]);
      expect(readRow(two, `both ${i}`)).toEqual([200 + i]);
      expect(one.has(`two ${i}`)).toBe(false);
      expect([`one ${i}`, `two ${i}`, `both ${i}`].flatMap((key) => readRow(all, key))).toEqual([
        i,
        100 + i,
        200 + i,
      ]);
    }
    for (const cache of [one, two, all]) cache.close();
  });

  test('does not know a key that nobody stored, and says so', async () => {
    const cache = await RowCache.open(folder, 1, halfRows);
    await cache.add(['a'], pack(1, 1));
    expect(cache.has('b')).toBe(false);
    expect(() => readRow(cache, 'b')).toThrow(new RangeError('no row b'));
    cache.close();
    expect(cache.has('a')).toBe(false);
  });

  test('passes over rows of another length', async () => {
    const long = await RowCache.open(folder, 3, halfRows);
    await long.add(['a'], pack(3, 1, 2, 3));
    const short = await RowCache.open(folder, 1, halfRows);
    expect(short.has('a')).toBe(false);
    await short.add(['a'], pack(1, 4));
    const again = await RowCache.open(folder, 3, halfRows);
    expect(readRow(again, 'a')).toEqual([1, 2, 3]);
    for (const cache of [long, short, again]) cache.close();
  });

  test('passes over a segment that is cut off, wherever the cut is', async () => {
    const writer = await RowCache.open(folder, 2, halfRows);
    await writer.add(['cut', 'off'], pack(2, 1, 2, 3, 4));
    writer.close();
    const [path] = segments();
    for (let size = readFileSync(path!).length - 1; size >= 0; size--) {
      truncateSync(path!, size);
      const cache = await RowCache.open(folder, 2, halfRows);
      expect([cache.has('cut'), cache.has('off')], `${size} bytes`).toEqual([false, false]);
      cache.close();
    }
  });

  const foreign: [name: string, content: Buffer][] = [
    ['with more behind its rows', segment('{"keys":["a"],"length":1,"type":"float16 with exponent"}', 8)],
    ['with fewer rows than keys', segment('{"keys":["a","b"],"length":1,"type":"float16 with exponent"}', 4)],
    ['of another packing', segment('{"keys":["a"],"length":1}', 4)],
    ['of single-precision rows', segment('{"keys":["a"],"length":1,"type":"float32"}', 4)],
    ['whose header is no JSON', segment('keys: a', 4)],
    ['whose header is null', segment('null', 0)],
    ['whose header is a number', segment('1', 4)],
    ['whose header has no keys', segment('{"length":1,"type":"float16 with exponent"}', 4)],
    [
      'whose header has a text for keys',
      segment('{"keys":"a","length":1,"type":"float16 with exponent"}', 4),
    ],
    [
      'whose header has a number for keys',
      segment('{"keys":1,"length":1,"type":"float16 with exponent"}', 4),
    ],
    ['of zeros', Buffer.alloc(64)],
    ['of text', Buffer.from('not a segment at all, but a note to myself')],
  ];
  test.each(foreign)('passes over a file %s and keeps the rest', async (_, content) => {
    const writer = await RowCache.open(folder, 1, halfRows);
    await writer.add(['good'], pack(1, 5));
    writer.close();
    writeFileSync(join(folder, '0.rows'), content);
    writeFileSync(join(folder, 'z.rows'), content);
    const cache = await RowCache.open(folder, 1, halfRows);
    expect(cache.has('a')).toBe(false);
    expect(readRow(cache, 'good')).toEqual([5]);
    cache.close();
  });

  test('sees rows that another stores later when it looks again, and survives its folder being removed', async () => {
    const [reader, writer] = [
      await RowCache.open(folder, 1, halfRows),
      await RowCache.open(folder, 1, halfRows),
    ];
    await writer.add(['a'], pack(1, 3));
    expect(reader.has('a')).toBe(false);
    await reader.refresh();
    expect(readRow(reader, 'a')).toEqual([3]);
    rmSync(folder, { recursive: true });
    await reader.refresh();
    expect(readRow(reader, 'a')).toEqual([3]);
    expect(readRow(writer, 'a')).toEqual([3]);
    await writer.exclusively(() => writer.add(['b'], pack(1, 4)), {});
    await reader.refresh();
    expect(readRow(reader, 'b')).toEqual([4]);
    reader.close();
    writer.close();
  });
});
