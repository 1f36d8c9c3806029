import type { Notice, Remedy } from './remedy.ts';

/**
 * What kind of thing is wrong. An app makes an exit code or an HTTP status of it, and the words of the remedy where a message has
 * none: `invalid` is what was asked for, `conflict` what cannot be done now, `deleted` what was there, `damaged` a record that
 * cannot be read, `unavailable` another program or machine.
 */
export type ErrorKind =
  'invalid' | 'not-found' | 'conflict' | 'deleted' | 'damaged' | 'unavailable' | 'full-disk';

export interface UserErrorOptions extends ErrorOptions {
  /** `invalid` where nothing is said. */
  readonly kind?: ErrorKind;
  /** What would mend it, where the message does not say so. */
  readonly remedy?: Remedy | null;
}

/** What a user can mend. Its message says what was found and what is allowed, in one or a few lines, without a program's flags. */
export class UserError extends Error implements Notice {
  override readonly name = 'UserError';
  readonly kind: ErrorKind;
  readonly remedy: Remedy | null;

  constructor(message: string, { kind = 'invalid', remedy = null, ...options }: UserErrorOptions = {}) {
    super(message, options);
    this.kind = kind;
    this.remedy = remedy;
  }

  /** By name, because a bundler may load this file several times; a class of its own below it is known as usual. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    if (this === UserError) return value instanceof Error && value.name === 'UserError';
    return Function.prototype[Symbol.hasInstance].call(this, value);
  }
}
