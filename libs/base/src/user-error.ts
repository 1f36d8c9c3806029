/** A mistake or a circumstance that the user can mend. Programs print its message alone, without a stack trace. */
export class UserError extends Error {
  override readonly name = 'UserError';
}
