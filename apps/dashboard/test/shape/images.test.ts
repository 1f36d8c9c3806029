import { describe, expect, it, test } from 'vitest';
import type { ImageList } from '../../api/operations/images.ts';
import { agreements, joinRuns } from '../../shape/images/agreement.ts';
import { imageColors } from '../../shape/images/image-colors.ts';
import { allImages, filterImages, readFilter, writeFilter } from '../../shape/images/image-filter.ts';
import { imageTable } from '../../shape/images/image-table.ts';
import { circle, insideLasso, nearestImage } from '../../shape/images/lasso.ts';
import { listedImages } from '../../shape/images/listed-images.ts';
import { leakLines } from '../../shape/images/leaks.ts';
import { paintPoints } from '../../shape/images/paint-points.ts';
import { tilesOf } from '../../shape/images/tiles.ts';
import { panned, pixelsOf, placeAt, wholeMap, zoomed } from '../../shape/images/viewport.ts';

/** Five images: two training, one validation of the first one's photograph, two test. */
const list: ImageList = {
  list: 'k',
  classes: ['a', 'b'],
  unit: 'photograph',
  groups: ['p', 'q'],
  files: ['t/1', 't/2', 'v/1', 's/1', 's/2'],
  splits: [0, 0, 1, 2, 2],
  labels: [0, 1, 0, 1, 0],
  predicted: [null, null, 0, 0, 0],
  confidence: [null, null, 0.9, 0.6, 0.7],
  group: [0, 1, 0, 1, null],
  pictures: null,
  notes: [],
};
const table = imageTable(list);
const none = { other: null, leaking: new Uint8Array(5) };
const kept = (mask: Uint8Array) => [...mask].flatMap((each, i) => (each ? [i] : []));

test('a table gives every image a group, those of unknown ones one each', () => {
  expect([...table.groups]).toEqual([0, 1, 0, 1, 2]);
  expect([...table.groupSizes]).toEqual([2, 2, 1]);
  expect([...table.predicted]).toEqual([-1, -1, 0, 0, 0]);
});

describe('filterImages', () => {
  test.each([
    ['all', {}, [0, 1, 2, 3, 4]],
    ['a part', { split: 'test' }, [3, 4]],
    ['a class', { label: 'b' }, [1, 3]],
    ['what was predicted', { predicted: 'a' }, [2, 3, 4]],
    ['wrong answers', { answer: 'wrong' }, [3]],
    ['right answers, not what nobody was asked', { answer: 'right' }, [2, 4]],
    ['the surest', { confidence: [65, 100] }, [2, 4]],
    ['a photograph', { group: 'q' }, [1, 3]],
    ['a photograph that there is not', { group: 'x' }, []],
    ['a file', { search: 'S/' }, [3, 4]],
    ['a class that there is not', { label: 'c' }, []],
  ] as const)('keeps %s', (_, filter, expected) => {
    expect(kept(filterImages(table, { ...allImages, ...filter }, none))).toEqual(expected);
  });

  it('keeps copies across parts', () => {
    const { leaking } = leakLines(table, null);
    expect(kept(filterImages(table, { ...allImages, leaking: true }, { other: null, leaking }))).toEqual([
      0, 1, 2, 3,
    ]);
  });

  it('is written into an address and read from it', () => {
    const filter = {
      ...allImages,
      split: 'test',
      confidence: [50, 90],
      leaking: true,
      label: 'a',
      group: 'p',
    } as const;
    const query = new URLSearchParams('with=other');
    writeFilter(filter, query);
    expect(query.get('with')).toBe('other');
    expect(readFilter(query)).toEqual(filter);
    writeFilter(allImages, query);
    expect(query.toString()).toBe('with=other');
  });

  test.each(['split=nowhere', 'confidence=90-10', 'confidence=x-y', 'answer=maybe'])(
    'takes %s for all',
    (query) => {
      expect(readFilter(new URLSearchParams(query))).toEqual(allImages);
    },
  );
});

test('listedImages are those that are kept and selected', () => {
  const shown = Uint8Array.of(1, 0, 1, 1);
  expect(listedImages(shown, null)).toEqual({ images: [0, 2, 3], listed: shown });
  expect(listedImages(shown, [1, 2])).toEqual({ images: [2], listed: Uint8Array.of(0, 0, 1, 0) });
});

describe('joinRuns', () => {
  it('tells how two runs answer image by image, whatever the order of their images and classes', () => {
    const other = imageTable({
      ...list,
      classes: ['b', 'a'],
      files: ['s/2', 's/1', 'v/1'],
      splits: [2, 2, 1],
      labels: [1, 0, 1],
      predicted: [0, 0, 1],
      confidence: [0.5, 0.8, 0.9],
      group: [null, null, null],
    });
    const { agreement, predicted } = joinRuns(table, other);
    expect([...agreement].map((each) => agreements[each])).toEqual([
      'not both asked',
      'not both asked',
      'both right',
      'only B right',
      'only A right',
    ]);
    expect([...predicted]).toEqual([-1, -1, 0, 1, 1]);
  });

  it('takes a file under another class for another image', () => {
    const other = imageTable({ ...list, labels: [1, 0, 1, 0, 1] });
    expect(joinRuns(table, other).agreement.every((each) => agreements[each] === 'not both asked')).toBe(
      true,
    );
  });
});

describe('leakLines', () => {
  it('join each image to the nearest of its photograph in an earlier part', () => {
    const three = {
      count: 3,
      splits: Uint8Array.of(0, 0, 2),
      groups: Int32Array.of(0, 0, 0),
      groupSizes: Int32Array.of(3),
    };
    const place = { x: Float32Array.of(0, 9, 8), y: Float32Array.of(0, 0, 0) };
    expect([...leakLines(three, place).pairs]).toEqual([2, 1]);
    expect([...leakLines(three, null).pairs]).toEqual([2, 0]);
    expect([...leakLines({ ...three, splits: Uint8Array.of(2, 2, 2) }, place).pairs]).toEqual([]);
  });
});

test('tilesOf puts copies of one photograph behind the first of them', () => {
  const tiles = tilesOf({ ...table, groups: Int32Array.of(0, 0, 0, 1, 1) }, [2, 3, 4], 'surest');
  expect(tiles).toEqual([
    { image: 2, members: [2] },
    { image: 4, members: [4, 3] },
  ]);
  expect(tilesOf({ ...table, groups: Int32Array.of(0, 0, 0, 0, 0) }, [2, 3], 'surest', true)).toHaveLength(2);
  expect(tilesOf(table, [2, 3, 4], 'unsurest').map(({ image }) => image)).toEqual([3, 4, 2]);
  expect(tilesOf(table, [2, 3, 4], 'list').map(({ image }) => image)).toEqual([4, 2, 3]);
});

describe('a viewport', () => {
  const size = { width: 400, height: 200 };

  it('shows the whole map, y upwards', () => {
    const view = wholeMap(size);
    expect(pixelsOf(view, 0, 0, size)).toEqual([200, 100]);
    expect(pixelsOf(view, 0, 1, size)[1]).toBeCloseTo(12, 9);
    expect(placeAt(view, { x: 200, y: 100 }, size)).toEqual([0, 0]);
  });

  it('keeps what is under the pointer there while it comes nearer', () => {
    const at = { x: 290, y: 60 };
    const before = placeAt(wholeMap(size), at, size);
    const after = placeAt(zoomed(wholeMap(size), 3, at, size), at, size);
    after.forEach((value, axis) => expect(value).toBeCloseTo(before[axis]!, 9));
  });

  it('follows the hand, and keeps its middle on the map', () => {
    const view = wholeMap(size);
    expect(pixelsOf(panned(view, 10, -5), 0, 0, size)).toEqual([210, 95]);
    expect(panned(view, -1e6, 0).centreX).toBe(1);
  });
});

describe('a lasso', () => {
  const x = Float32Array.of(0, 0.5, 2, NaN);
  const y = Float32Array.of(0, 0.5, 0, 0);

  it('holds what is inside, also where it is hollow', () => {
    expect(insideLasso(x, y, [-1, -1, 1, -1, 1, 1, -1, 1])).toEqual([0, 1]);
    // A notch that leaves the origin out.
    expect(insideLasso(x, y, [-1, -1, 1, -1, 1, 1, 0.2, 0.2, 0.2, -0.5, -0.2, -0.5, -1, 1])).toEqual([1]);
  });

  it('is a circle for the keyboard', () => {
    expect(insideLasso(x, y, circle(0, 0, 0.4))).toEqual([0]);
  });

  it('or a pointer finds the nearest that is shown', () => {
    const all = Uint8Array.of(1, 1, 1, 1);
    expect(nearestImage({ x, y }, [0.4, 0.4], 0.3, all)).toBe(1);
    expect(nearestImage({ x, y }, [0.4, 0.4], 0.3, Uint8Array.of(1, 0, 1, 1))).toBe(-1);
  });
});

describe('paintPoints', () => {
  const size = { width: 9, height: 5 };
  const red = (255 << 24) | 255;
  const white = -1;
  const paint = (shown: number, lines: Int32Array | null = null) => {
    const pixels = new Uint32Array(9 * 5);
    paintPoints(
      pixels,
      size,
      { centreX: 0, centreY: 0, scale: 4 },
      {
        x: Float32Array.of(-0.5, 0.5, NaN),
        y: Float32Array.of(0, 0, 0),
        shown: Uint8Array.of(shown, shown, 1),
        colors: { colors: [[255, 0, 0]], kinds: Int32Array.of(0, 0, 0) },
        radius: 1,
        lines,
        ground: [255, 255, 255],
        lineColor: [0, 255, 0],
      },
    );
    return Array.from({ length: 5 }, (_, row) =>
      [...pixels.subarray(9 * row, 9 * row + 9)]
        .map((pixel) => ({ [red >>> 0]: 'r', [white >>> 0]: '.', [0xff00ff00]: '-' })[pixel] ?? '?')
        .join(''),
    );
  };

  it('puts discs on a ground, and none for an image without a place', () => {
    expect(paint(1)).toEqual(['.........', '..r...r..', '.rrr.rrr.', '..r...r..', '.........']);
  });

  it('draws lines beneath the points that they join', () => {
    expect(paint(1, Int32Array.of(0, 1))[2]).toBe('.rrr-rrr.');
  });

  it('hints at what is not shown, without its lines', () => {
    expect(paint(0, Int32Array.of(0, 1))[2]).toBe('.???.???.');
  });
});

test.each([
  ['class', ['a', 'b'], [0, 1, 0, 1, 0]],
  ['predicted', ['a', 'b', 'not asked'], [2, 2, 0, 0, 0]],
  ['split', ['training', 'validation', 'test'], [0, 0, 1, 2, 2]],
  ['answer', ['right', 'wrong', 'not asked'], [2, 2, 0, 1, 0]],
  ['group', [], [0, 1, 0, 1, 2]],
] as const)('imageColors by %s', (by, names, kinds) => {
  const palette = {
    series: ['#ff0000', '#00ff00', '#0000ff', '#ffff00'],
    right: '#0072B2',
    wrong: '#D55E00',
    muted: '#767676',
  };
  const found = imageColors(table, by, null, palette);
  expect(found.names).toEqual(names);
  expect([...found.kinds]).toEqual(kinds);
  expect(Math.max(...kinds)).toBeLessThan(found.colors.length);
});
