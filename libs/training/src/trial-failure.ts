/** A trial that ran and came to nothing, such as one whose loss is not a number: recorded with its reason, the sweep goes on. */
export class TrialFailure extends Error {
  override readonly name = 'TrialFailure';
}
