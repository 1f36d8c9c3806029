/** How RFC 9457 names the document that says what is wrong with a request. */
export const problemType = 'application/problem+json';

/** A request that cannot be answered as documented, and the HTTP status that says so. */
export class Problem extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
