import type { Refusal } from './tracker-api.ts';

/** A call that cannot be done, with what the worker is to make of it. */
export class Refuse extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal, message: string) {
    super(message);
    this.refusal = refusal;
  }
}
