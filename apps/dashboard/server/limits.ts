import type { Allowed } from '@thaw/experiment';

/** What pages may have this server do. */
export interface ServerLimits {
  /** Where the server was started, absolute: what paths in experiments are relative to. */
  readonly directory: string;
  /** Folders that data and weights may lie in, absolute; none for `directory` itself. */
  readonly data: readonly string[];
  /** Whether experiments may run programs of the user's own. */
  readonly programs: boolean;
  /** Whether all that changes something is refused. */
  readonly readOnly: boolean;
}

/** What experiments that come from pages may name and start. */
export function allowedBy({ directory, data, programs }: ServerLimits): Allowed {
  return { folders: data.length > 0 ? data : [directory], programs };
}
