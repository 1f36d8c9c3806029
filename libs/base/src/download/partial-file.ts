import { open, readFile, rm, stat, type FileHandle } from 'node:fs/promises';
import { writeFileAtomic } from '../files/write-file-atomic.ts';
import { onDisk } from './disk-problem.ts';

/** What is known of a download that began: enough to ask the server for the rest of the same content. */
export interface PartialState {
  url: string;
  /** A strong ETag or a Last-Modified date of the content; null: the server gave none, so it cannot be resumed. */
  validator: string | null;
  /** Bytes of the whole content; null: the server did not say. */
  total: number | null;
  /** MD5 of the whole content, hexadecimal, where the server declared it. */
  md5: string | null;
}

export interface PartialFile extends PartialState {
  /** Bytes received so far. */
  size: number;
}

/** Where the bytes of an unfinished download wait; the state stands beside it, with `.json` added. */
export function partialPath(target: string): string {
  return `${target}.part`;
}

/**
 * What an earlier attempt left of this download and can be used: of the same address, and either resumable or received to
 * the end. Otherwise null.
 */
export async function readPartial(target: string, url: string): Promise<PartialFile | null> {
  const part = partialPath(target);
  const size = (await stat(part).catch(() => null))?.size ?? 0;
  const state = await readState(`${part}.json`);
  if (state?.url !== url || size === 0) return null;
  const usable =
    state.total === null
      ? state.validator !== null
      : size <= state.total && (state.validator !== null || size === state.total);
  return usable ? { ...state, size } : null;
}

async function readState(path: string): Promise<PartialState | null> {
  try {
    const { url, validator, total, md5 } = JSON.parse(await readFile(path, 'utf8')) as PartialState;
    return { url, validator, total, md5 };
  } catch {
    return null;
  }
}

/** Begins anew: an empty part, and its state. The part is emptied first, so that no state ever describes foreign bytes. */
export async function startPartial(target: string, state: PartialState): Promise<FileHandle> {
  const part = partialPath(target);
  return onDisk(part, async () => {
    const file = await open(part, 'w');
    try {
      await writeFileAtomic(`${part}.json`, JSON.stringify(state));
    } catch (error) {
      await file.close();
      throw error;
    }
    return file;
  });
}

/** Opens an existing part to write on from where it ends. */
export async function continuePartial(target: string): Promise<FileHandle> {
  const part = partialPath(target);
  return onDisk(part, () => open(part, 'r+'));
}

/** Forgets what was received. */
export async function discardPartial(target: string): Promise<void> {
  await rm(partialPath(target), { force: true });
  await rm(`${partialPath(target)}.json`, { force: true });
}
