import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { makeFolder } from '../files/make-folder.ts';
import { UserError } from '../user-error.ts';
import { onDisk } from './disk-problem.ts';
import { withFileLock } from './file-lock.ts';
import { discardPartial, partialPath, readPartial, type PartialState } from './partial-file.ts';
import { AttemptError, transfer } from './transfer.ts';

/** The network or the server did not give the file. Whoever asked for it can say what else there is to do. */
export class DownloadError extends UserError {}

export interface DownloadOptions {
  /** http or https; redirects are followed. */
  url: string;
  /** The file to make. If it is there already nothing is asked of the network. */
  target: string;
  /** Known size in bytes. */
  size?: number;
  /** Known SHA-256 and MD5, hexadecimal. */
  sha256?: string;
  md5?: string;
  headers?: Record<string, string>;
  /** Looks at the received file before it takes its name; returns what is wrong with it, or null. */
  check?: (file: string) => Promise<string | null>;
  /** `totalBytes` is null while the server does not say. `doneBytes` falls back to 0 when a download starts over. */
  onProgress?: (doneBytes: number, totalBytes: number | null) => void;
  /** Failures in a row, none getting further than the one before, after which it gives up. Default 5. */
  attempts?: number;
  /** Milliseconds without a byte after which an attempt counts as failed. Default 30 s. */
  timeoutMs?: number;
  sleep?: (ms: number) => Promise<unknown>;
}

/**
 * Downloads a file whole or not at all. Bytes gather in `<target>.part`; if the connection or the process ends, the next
 * attempt or call goes on from there, provided that the server's ETag or Last-Modified date is still the same, and from
 * zero otherwise (also where the server ignores Range). Failed attempts are repeated after 1, 2, 4, ... seconds.
 *
 * Checked before the file takes its name: the announced length; `size`, `sha256`, `md5` where given; the MD5 that Google's
 * storage declares; `check`. A file that fails is discarded and fetched once more from zero. A server that announces fewer
 * bytes than the file has and declares no hash can only be caught by what the caller knows: `size`, a hash or `check`.
 *
 * Processes that want the same target wait for one another. Throws DownloadError (network, server, wrong content) or
 * UserError (bad address, full disk, no permission).
 */
export async function download(options: DownloadOptions): Promise<void> {
  const { url, target } = options;
  checkAddress(url);
  await onDisk(dirname(target), () => makeFolder(dirname(target)));
  if (await exists(target)) return;
  await onDisk(target, () =>
    withFileLock(`${target}.part.lock`, async () => {
      if (await exists(target)) return; // another process was faster
      await receiveWhole(options);
      await rename(partialPath(target), target);
      await discardPartial(target);
    }),
  );
}

async function receiveWhole(options: DownloadOptions): Promise<void> {
  const { url, target, attempts = 5, sleep = wait } = options;
  let failures = 0;
  let furthest = 0;
  let wrongContents = 0;
  for (;;) {
    try {
      const state = await transfer({ ...options, timeoutMs: options.timeoutMs ?? 30_000 });
      const problem = await contentProblem(options, state);
      if (problem === null) return;
      await discardPartial(target);
      wrongContents++;
      throw new AttemptError(problem, wrongContents === 2);
    } catch (error) {
      if (!(error instanceof AttemptError)) throw error;
      const partial = await readPartial(target, url);
      const size = partial?.size ?? 0;
      failures = size > furthest ? 1 : failures + 1;
      furthest = Math.max(furthest, size);
      if (error.final || failures >= attempts) {
        const kept = partial
          ? ` ${partial.size} of ${partial.total ?? 'an unknown number of'} bytes are kept in ${partialPath(target)}; the next try goes on from there.`
          : '';
        throw new DownloadError(`Could not download ${url}: ${error.message}.${kept}`, {
          kind: 'unavailable',
          cause: error,
        });
      }
      await sleep(error.retryAfterMs ?? 1000 * 2 ** (failures - 1));
    }
  }
}

async function contentProblem(options: DownloadOptions, state: PartialState): Promise<string | null> {
  const part = partialPath(options.target);
  const { size } = await stat(part);
  if (options.size !== undefined && size !== options.size) {
    return `the server sent ${size} bytes, but the file has ${options.size}`;
  }
  const expected = [
    ['sha256', options.sha256],
    ['md5', options.md5 ?? state.md5],
  ] as const;
  for (const [algorithm, digest] of expected) {
    if (digest === undefined || digest === null) continue;
    const hash = createHash(algorithm);
    await pipeline(createReadStream(part), hash);
    const found = hash.digest('hex');
    if (found !== digest.toLowerCase()) {
      return `wrong checksum: the file's ${algorithm} should be ${digest.toLowerCase()} and is ${found}`;
    }
  }
  const problem = (await options.check?.(part)) ?? null;
  return problem === null ? null : `wrong content: ${problem}`;
}

async function exists(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory())
    throw new UserError(`Cannot write ${path}: a folder of this name is in the way.`, { kind: 'conflict' });
  return found !== null;
}

function checkAddress(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed && /^https?:$/.test(parsed.protocol) && parsed.username === '' && parsed.password === '') return;
  throw new UserError(
    `Cannot download from ${JSON.stringify(url)}: give an address that begins with https:// or http:// and holds no user name or password.`,
  );
}
