/** The nearest other points of each point, the nearest first: `count` a point, one point after the other. */
export interface Neighbours {
  readonly count: number;
  readonly indices: Int32Array;
  /** Euclidean. */
  readonly distances: Float64Array;
}

/** Points after which whoever waits is told. */
const pointsBetween = 256;

const valuesBetween = 10;

/**
 * The nearest neighbours of each of `length / columns` points, found by comparing all pairs, so that nothing is left to chance; of
 * points that are equally near those that come first. 12,444 points of 50 values take some ten seconds. `count` is lowered to the number of other
 * points. `onProgress` is awaited now and then; what it throws ends the search.
 */
export async function nearestNeighbours(
  points: Float64Array,
  columns: number,
  count: number,
  onProgress: (done: number, total: number) => void | Promise<void> = () => undefined,
): Promise<Neighbours> {
  const rows = points.length / columns;
  const kept = Math.min(count, rows - 1);
  const indices = new Int32Array(rows * kept).fill(-1);
  const squares = new Float64Array(rows * kept).fill(Infinity);
  const consider = (of: number, other: number, square: number) => {
    const start = of * kept;
    let place = start + kept - 1;
    if (!(square < squares[place]!)) return;
    while (place > start && square < squares[place - 1]!) {
      squares[place] = squares[place - 1]!;
      indices[place] = indices[place - 1]!;
      place--;
    }
    squares[place] = square;
    indices[place] = other;
  };
  for (let i = 0; i < rows && kept > 0; i++) {
    if (i % pointsBetween === 0) await onProgress(i, rows);
    const start = i * columns;
    for (let j = 0; j < i; j++) {
      const other = j * columns;
      const most = Math.max(squares[(i + 1) * kept - 1]!, squares[(j + 1) * kept - 1]!);
      let square = 0;
      for (let k = 0; k < columns && square < most;) {
        // Few looks at whether they are too far apart already.
        for (const end = Math.min(columns, k + valuesBetween); k < end; k++) {
          const difference = points[start + k]! - points[other + k]!;
          square += difference * difference;
        }
      }
      if (square < most) {
        consider(i, j, square);
        consider(j, i, square);
      }
    }
  }
  await onProgress(rows, rows);
  return { count: kept, indices, distances: squares.map(Math.sqrt) };
}
