import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvText } from '../src/csv.ts';

describe('CSV', () => {
  it.each([
    ['plain', 'plain'],
    ['a, b', '"a, b"'],
    ['say "b"', '"say ""b"""'],
    ['two\nlines', '"two\nlines"'],
    ['', ''],
    [null, ''],
    [true, 'true'],
    [0.25, '0.25'],
    [-1e-7, '-1e-7'],
    [Number.NaN, ''],
    [Number.NEGATIVE_INFINITY, ''],
    ['-0.5', '-0.5'],
    ['+1e3', '+1e3'],
    ['=1+1', "'=1+1"],
    ['+1+1', "'+1+1"],
    ['-1-1', "'-1-1"],
    ['-', "'-"],
    ['@sum(A1)', "'@sum(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', '"\'\r=1"'],
    ['＝1+1', "'＝1+1"],
    ['=HYPERLINK("http://a","b")', '"\'=HYPERLINK(""http://a"",""b"")"'],
    ['a=1', 'a=1'],
    [['a', 'b c'], '"a, b c"'],
    [['=1+1'], "'=1+1"],
    [[], ''],
  ])('writes %j as %j', (value, text) => {
    expect(csvText(['name'], [[value]])).toBe(`name\r\n${text}\r\n`);
  });

  it('guards names, too, and is names alone without rows', () => {
    expect(csvText(['=a', 'b'], [])).toBe("'=a,b\r\n");
  });

  it('is read by another reader as it was, but for what it guards', () => {
    const guarded = (text: string) => text.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, '');
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.string(), fc.integer()), { minLength: 1 }), (rows) => {
        const read = parse(csvText(['a', 'b', 'c'], rows), { record_delimiter: '\r\n' }) as string[][];
        expect(read.slice(1).map((row) => row.map(guarded))).toEqual(
          rows.map((row) => row.map((value) => guarded(String(value)))),
        );
      }),
    );
  });
});
