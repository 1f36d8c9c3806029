/**
 * Where `f` changes sign between `a` and `b`, within `tolerance`: `a` or `b` where it is 0 there. `f(a)` and `f(b)` must not
 * have the same sign.
 * Source: Chandrupatla (1997), A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function
 * without using derivatives, Advances in Engineering Software 28.
 */
export function root(f: (x: number) => number, a: number, b: number, tolerance: number): number {
  let [before, fBefore, now, fNow] = [a, f(a), b, f(b)];
  if (fBefore === 0) return before;
  let [older, fOlder] = [before, fBefore];
  let step = 0.5;
  for (;;) {
    const best = Math.abs(fNow) < Math.abs(fBefore) ? now : before;
    const least = tolerance / Math.abs(before - now);
    if (fNow === 0 || least > 0.5) return best;
    const next = now + Math.min(1 - least, Math.max(least, step)) * (before - now);
    const fNext = f(next);
    if (Math.sign(fNext) === Math.sign(fNow)) [older, fOlder] = [now, fNow];
    else [older, fOlder, before, fBefore] = [before, fBefore, now, fNow];
    [now, fNow] = [next, fNext];
    step = inverseQuadraticStep([now, before, older], [fNow, fBefore, fOlder]) ?? 0.5;
  }
}

type Three = readonly [number, number, number];

/** From `a` towards `b`, as a fraction of the way, where the parabola through three points is one to go by. */
function inverseQuadraticStep([a, b, c]: Three, [fa, fb, fc]: Three): number | null {
  const x = (a - b) / (c - b);
  const y = (fa - fb) / (fc - fb);
  if (!(y ** 2 < x && (1 - y) ** 2 < 1 - x)) return null;
  return (fa / (fb - fa)) * (fc / (fb - fc)) + ((c - a) / (b - a)) * (fa / (fc - fa)) * (fb / (fc - fb));
}
