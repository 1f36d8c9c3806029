import { once } from 'node:events';
import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';

export interface Hdf5Group {
  /** Attributes that are lists, their items as text; of others the name alone. */
  readonly attributes: ReadonlyMap<string, readonly string[]>;
  /** By name; null for what is neither group nor data set. */
  readonly members: ReadonlyMap<string, Hdf5Group | Hdf5Dataset | null>;
}

export interface Hdf5Dataset {
  readonly shape: readonly number[];
  /** Null for data that are no floating-point numbers. */
  readonly values: Float32Array | null;
}

/** Reads a whole HDF5 file. Rejects with the HDF5 library's error when it is none or is damaged. */
export async function readHdf5(path: string): Promise<Hdf5Group> {
  const worker = new Worker(new URL('./hdf5-thread.mjs', import.meta.url), {
    workerData: resolve(path),
    execArgv: [],
  });
  const [message] = (await once(worker, 'message')) as [{ root: Hdf5Group } | { error: string }];
  if ('error' in message) throw new Error(message.error);
  return message.root;
}

/** What lies at a path from `group`, with `/` between its parts; null when nothing does. */
export function findMember(group: Hdf5Group, path: string): Hdf5Group | Hdf5Dataset | null {
  let found: Hdf5Group | Hdf5Dataset | null = group;
  for (const name of path.split('/').filter((part) => part !== '')) {
    found = (found && isGroup(found) ? found.members.get(name) : null) ?? null;
  }
  return found;
}

export function isGroup(member: Hdf5Group | Hdf5Dataset): member is Hdf5Group {
  return 'members' in member;
}
