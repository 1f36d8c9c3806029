/** A request for a prediction that is refused: what was found and what is allowed, with the HTTP status for it. */
export class PredictProblem extends Error {
  readonly status: 400 | 404 | 405 | 413 | 415 | 422 | 429 | 503;

  constructor(status: PredictProblem['status'], message: string) {
    super(message);
    this.status = status;
  }
}
