/** The document of `promote --output`. */
export interface PromoteDocument {
  readonly name: string;
  readonly version: number;
  /** The version's folder. */
  readonly path: string;
  readonly run: string;
  /** That point at this version. */
  readonly aliases: readonly string[];
  readonly notes: readonly string[];
}
