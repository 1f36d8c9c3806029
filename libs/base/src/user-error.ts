/** A mistake or a circumstance that the user can mend. Programs print its message alone, without a stack trace. */
export class UserError extends Error {
  override readonly name = 'UserError';

  /** By name, because a bundler may load this file several times; a class of its own below it is known as usual. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    if (this === UserError) return value instanceof Error && value.name === 'UserError';
    return Function.prototype[Symbol.hasInstance].call(this, value);
  }
}
