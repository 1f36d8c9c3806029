/** A request that no page and no client sends. */
export interface HostileRequest {
  readonly method: string;
  /** As it is sent, query included. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}
