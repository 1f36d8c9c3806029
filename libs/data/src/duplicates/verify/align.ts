import { fitAffinity, stretches, type Affinity } from './affinity.ts';
import { workingSide } from '../describe/describe-image.ts';
import type { ImageStore } from '../image-store.ts';
import { bitCount, type Match } from './match-keypoints.ts';

/** A map between two images and the keypoints that it brings together. */
export interface Alignment {
  readonly affinity: Affinity;
  readonly inliers: readonly Match[];
}

/** Pixels by which a match may miss under the similarity that one other match gives. */
const roughTolerance = 9;
/** Pixels by which keypoints may miss under each refined map. */
const fineTolerances = [6, 4, 3];
/** Bits of a sketch in which keypoints may differ that the map brings together. */
const guidedSketchTolerance = 24;
/** Of the angle between their directions: 0.6 radians. */
const leastCosine = Math.cos(0.6);
/** In octaves. */
const scaleTolerance = 0.8;
/** What copies may be stretched by, and how much more in one direction than in the other. */
const stretchLimit = 2.6;
const aspectLimit = 1.8;

/**
 * The maps that matches stand for by themselves, with the matches that agree: its keypoints' places, sizes and directions make a
 * similarity (Philbin et al. 2007, "Object retrieval with large vocabularies and fast spatial matching"). No draws: all are tried.
 * The `most` best of those that a copy may be made by, the best first; of equals the first.
 */
export function hypotheses(
  store: ImageStore,
  a: number,
  b: number,
  matches: readonly Match[],
  mirror: boolean,
  most: number,
): Alignment[] {
  const { keypoints } = store;
  const [baseA, baseB] = [store.firstKeypoint(a) * 4, store.firstKeypoint(b) * 4];
  const places = placesOf(store, a, b, matches);
  const isInlier = new Uint8Array(matches.length);
  return matches
    .map(({ from, to }) => similarityOf(keypoints, baseA + from * 4, baseB + to * 4, mirror))
    .filter(isPlausible)
    .map((affinity) => ({ affinity, count: markInliers(places, affinity, isInlier) }))
    .sort((x, y) => y.count - x.count)
    .slice(0, most)
    .map(({ affinity }) => {
      markInliers(places, affinity, isInlier);
      return { affinity, inliers: matches.filter((_, i) => isInlier[i] === 1) };
    });
}

/** Of each match the place in either image: x, y, then x, y. */
function placesOf(store: ImageStore, a: number, b: number, matches: readonly Match[]): Float64Array {
  const { keypoints } = store;
  const [firstA, firstB] = [store.firstKeypoint(a), store.firstKeypoint(b)];
  const places = new Float64Array(4 * matches.length);
  for (let i = 0; i < matches.length; i++) {
    const from = (firstA + matches[i]!.from) * 4;
    const to = (firstB + matches[i]!.to) * 4;
    places[4 * i] = keypoints[from]!;
    places[4 * i + 1] = keypoints[from + 1]!;
    places[4 * i + 2] = keypoints[to]!;
    places[4 * i + 3] = keypoints[to + 1]!;
  }
  return places;
}

/** Marks the matches that a map brings together, by their places, and returns how many these are. */
function markInliers(places: Float64Array, affinity: Affinity, isInlier: Uint8Array): number {
  const [p, q, r, s, t, u] = affinity;
  let count = 0;
  for (let i = 0, at = 0; i < isInlier.length; i++, at += 4) {
    const [x, y] = [places[at]!, places[at + 1]!];
    const dx = p * x + q * y + r - places[at + 2]!;
    const dy = s * x + t * y + u - places[at + 3]!;
    count += isInlier[i] = dx * dx + dy * dy < roughTolerance * roughTolerance ? 1 : 0;
  }
  return count;
}

function similarityOf(keypoints: Float32Array, i: number, j: number, mirror: boolean): Affinity {
  const scale = 2 ** (keypoints[j + 2]! - keypoints[i + 2]!);
  const flip = mirror ? -1 : 1;
  const angle = keypoints[j + 3]! - flip * keypoints[i + 3]!;
  const [cos, sin] = [scale * Math.cos(angle), scale * Math.sin(angle)];
  const [a, b, d, e] = [cos, -flip * sin, sin, flip * cos];
  const [x, y] = [keypoints[i]!, keypoints[i + 1]!];
  return [a, b, keypoints[j]! - a * x - b * y, d, e, keypoints[j + 1]! - d * x - e * y];
}

function isPlausible(affinity: Affinity): boolean {
  const { largest, smallest } = stretches(affinity);
  return largest < stretchLimit && smallest > 1 / stretchLimit && largest < aspectLimit * smallest;
}

/**
 * Fits the map anew to all keypoints that it brings together, with an ever smaller tolerance; null when fewer than `least` are
 * left or the map is none that a copy is made by.
 */
export function refine(
  store: ImageStore,
  a: number,
  b: number,
  start: Alignment,
  least: number,
): Alignment | null {
  let { affinity, inliers } = start;
  affinity = fit(store, a, b, affinity, inliers);
  for (const tolerance of fineTolerances) {
    inliers = guidedMatches(store, a, b, affinity, tolerance);
    if (inliers.length < least) return null;
    affinity = fit(store, a, b, affinity, inliers);
  }
  return isPlausible(affinity) ? { affinity, inliers } : null;
}

function fit(store: ImageStore, a: number, b: number, prior: Affinity, matches: readonly Match[]): Affinity {
  if (matches.length === 0) return prior;
  return fitAffinity(placesOf(store, a, b, matches), prior, 1, workingSide / 8);
}

/** Keypoints that lie together under the map and are alike in size, direction and sketch; each of `b` at most once. */
function guidedMatches(
  store: ImageStore,
  a: number,
  b: number,
  affinity: Affinity,
  tolerance: number,
): Match[] {
  const { keypoints, sketches } = store;
  const [p, q, r, s, t, u] = affinity;
  const determinant = p * t - q * s;
  const mirror = determinant < 0;
  const growth = Math.log2(Math.abs(determinant)) / 2;
  const [countA, countB] = [store.keypointCount(a), store.keypointCount(b)];
  const [firstA, firstB] = [store.firstKeypoint(a), store.firstKeypoint(b)];
  const taken = new Uint8Array(countB);
  const matches: Match[] = [];
  for (let from = 0; from < countA; from++) {
    const i = (firstA + from) * 4;
    const x = keypoints[i]!;
    const y = keypoints[i + 1]!;
    const toX = p * x + q * y + r;
    const toY = s * x + t * y + u;
    let toAngle = NaN;
    let best = -1;
    let nearest = tolerance * tolerance;
    for (let to = 0; to < countB; to++) {
      const j = (firstB + to) * 4;
      const dx = keypoints[j]! - toX;
      if (dx > tolerance || dx < -tolerance || taken[to] === 1) continue;
      const dy = keypoints[j + 1]! - toY;
      const distance = dx * dx + dy * dy;
      if (distance >= nearest) continue;
      if (Math.abs(keypoints[j + 2]! - keypoints[i + 2]! - growth) > scaleTolerance) continue;
      // Few lie so near that their directions matter.
      if (Number.isNaN(toAngle)) toAngle = mappedAngle(affinity, keypoints[i + 3]!);
      if (Math.cos(toAngle - keypoints[j + 3]!) < leastCosine) continue;
      const sketch = i + (mirror ? 2 : 0);
      const bits = bitCount(sketches[sketch]! ^ sketches[j]!, sketches[sketch + 1]! ^ sketches[j + 1]!);
      if (bits > guidedSketchTolerance) continue;
      best = to;
      nearest = distance;
    }
    if (best < 0) continue;
    taken[best] = 1;
    matches.push({ from, to: best });
  }
  return matches;
}

/** Where a direction points under a map. */
function mappedAngle([a, b, , d, e]: Affinity, angle: number): number {
  const [along, across] = [Math.cos(angle), Math.sin(angle)];
  return Math.atan2(d * along + e * across, a * along + b * across);
}
