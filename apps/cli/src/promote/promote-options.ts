/** What `promote` is asked for; exactly one of `run` and `sweep` is given. */
export interface PromoteOptions {
  readonly run: string | null;
  readonly sweep: string | null;
  readonly name: string;
  readonly alias: string | null;
  readonly runsDir: string;
  readonly output: string | null;
}
