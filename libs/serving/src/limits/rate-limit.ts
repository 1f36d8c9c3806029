/** How often somebody may ask: a bucket of `burst` requests that fills by `perSecond`. */
export class RateLimit {
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #buckets = new Map<string, { left: number; at: number }>();

  constructor({ perSecond, burst }: { readonly perSecond: number; readonly burst: number }) {
    this.#perSecond = perSecond;
    this.#burst = burst;
  }

  /** Whether `who` may ask at `now` (milliseconds from any point in time); that counts as asking. */
  allows(who: string, now: number): boolean {
    const bucket = this.#buckets.get(who) ?? { left: this.#burst, at: now };
    const left = Math.min(this.#burst, bucket.left + ((now - bucket.at) / 1000) * this.#perSecond);
    this.#buckets.delete(who);
    this.#forget(now);
    this.#buckets.set(who, { left: left >= 1 ? left - 1 : left, at: now });
    return left >= 1;
  }

  /** Those whose buckets are full again; the one that asked longest ago comes first. */
  #forget(now: number): void {
    for (const [who, { at }] of this.#buckets) {
      if (((now - at) / 1000) * this.#perSecond < this.#burst) return;
      this.#buckets.delete(who);
    }
  }
}
