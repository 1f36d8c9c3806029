import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
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

/** A group as it is written: a text, or a list of texts, by attribute; float32 numbers, or a group, by member. */
export interface Hdf5Content {
  readonly attributes: ReadonlyMap<string, string | readonly string[]>;
  readonly members: ReadonlyMap<
    string,
    Hdf5Content | { readonly shape: readonly number[]; readonly values: Float32Array }
  >;
}

/** Reads a whole HDF5 file. Rejects with the HDF5 library's error when it is none or is damaged. */
export async function readHdf5(path: string): Promise<Hdf5Group> {
  const { root } = await inThread({ path: resolve(path), content: null });
  return root!;
}

/** The bytes of an HDF5 file. The library takes no others than a file's, so that it writes one in the system's temporary folder. */
export async function encodeHdf5(content: Hdf5Content): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'thaw-hdf5-'));
  try {
    const path = join(folder, 'file.h5');
    await inThread({ path, content });
    return await readFile(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function inThread(workerData: { readonly path: string; readonly content: Hdf5Content | null }) {
  const worker = new Worker(new URL('./hdf5-thread.mjs', import.meta.url), { workerData, execArgv: [] });
  const [message] = (await once(worker, 'message')) as [{ root: Hdf5Group | null } | { error: string }];
  if ('error' in message) throw new Error(message.error);
  return message;
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
