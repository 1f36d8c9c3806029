import type { FileHandle } from 'node:fs/promises';
import { onDisk } from './disk-problem.ts';
import {
  continuePartial,
  discardPartial,
  partialPath,
  readPartial,
  startPartial,
  type PartialFile,
  type PartialState,
} from './partial-file.ts';

/** Why one attempt did not bring the whole file. */
export class AttemptError extends Error {
  /** True: another attempt would end the same way. */
  readonly final: boolean;
  /** How long the server asks to be left alone, in milliseconds. */
  readonly retryAfterMs: number | null;

  constructor(message: string, final = false, retryAfterMs: number | null = null) {
    super(message);
    this.final = final;
    this.retryAfterMs = retryAfterMs;
  }
}

export interface TransferOptions {
  url: string;
  target: string;
  size?: number | undefined;
  headers?: Record<string, string> | undefined;
  onProgress?: ((doneBytes: number, totalBytes: number | null) => void) | undefined;
  /** Milliseconds without a byte after which the attempt ends. */
  timeoutMs: number;
}

/**
 * One attempt: asks for the file, or for the rest of it where a part is there that can be resumed (Range with If-Range,
 * RFC 9110 sections 13.1.5 and 14), and writes what comes into the part. Returns the state of the part once all announced
 * bytes are in it. Throws AttemptError if they are not, UserError if the disk does not take them.
 */
export async function transfer(options: TransferOptions): Promise<PartialState> {
  const { url, target, timeoutMs } = options;
  const partial = await readPartial(target, url);
  if (partial !== null && partial.size === partial.total) return partial;

  const stalled = new AbortController();
  const timer = setTimeout(() => {
    stalled.abort(new AttemptError(`no answer for ${timeoutMs / 1000} s`));
  }, timeoutMs);
  try {
    const response = await fetch(url, {
      headers: {
        'accept-encoding': 'identity',
        ...options.headers,
        ...(partial?.validator && { range: `bytes=${partial.size}-`, 'if-range': partial.validator }),
      },
      signal: stalled.signal,
    });
    const { file, state, offset } = await accept(response, partial, options);
    try {
      await receive(response, file, offset, state, options, timer);
    } finally {
      await file.close();
    }
    return state;
  } catch (error) {
    throw isNetworkError(error) ? networkProblem(error) : error;
  } finally {
    clearTimeout(timer);
    stalled.abort(); // ends a response that was not read to its end
  }
}

/** Decides by the answer's head where its bytes belong: at the end of the part, or at the beginning of a new one. */
async function accept(
  response: Response,
  partial: PartialFile | null,
  { url, target, size }: TransferOptions,
): Promise<{ file: FileHandle; state: PartialState; offset: number }> {
  if (response.status === 206 && partial !== null) {
    const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get('content-range') ?? '');
    const fits =
      Number(range?.[1]) === partial.size &&
      (partial.total === null || range?.[2] === '*' || Number(range?.[2]) === partial.total) &&
      validatorFits(response, partial);
    if (fits) return { file: await continuePartial(target), state: partial, offset: partial.size };
  }
  if (response.status === 206 || response.status === 416) {
    await discardPartial(target);
    throw new AttemptError('the server no longer has the content that the download began with');
  }
  if (response.status !== 200) throw statusProblem(response);
  const state = stateOf(response, url);
  if (size !== undefined && state.total !== null && state.total !== size) {
    throw new AttemptError(`the server announces ${state.total} bytes, but the file has ${size}`, true);
  }
  return { file: await startPartial(target, state), state, offset: 0 };
}

function stateOf({ headers }: Response, url: string): PartialState {
  // A coded body (gzip) arrives decoded: neither its length nor its ranges are those of the file.
  const coded = (headers.get('content-encoding') ?? 'identity') !== 'identity';
  const etag = headers.get('etag');
  const length = headers.get('content-length');
  // Google's storage declares the whole object's MD5: x-goog-hash: crc32c=...,md5=<base64>
  const md5 = /md5=([A-Za-z0-9+/]{22}==)/.exec(headers.get('x-goog-hash') ?? '')?.[1];
  return {
    url,
    // If-Range compares strongly, so a weak ETag (W/"...") would never match.
    validator: coded ? null : etag?.startsWith('"') ? etag : headers.get('last-modified'),
    total: coded || length === null ? null : Number(length),
    md5: coded || md5 === undefined ? null : Buffer.from(md5, 'base64').toString('hex'),
  };
}

/** A server that minds Range but not If-Range gives itself away by another ETag or date. */
function validatorFits({ headers }: Response, { validator }: PartialFile): boolean {
  const given = headers.get(validator?.startsWith('"') ? 'etag' : 'last-modified');
  return given === null || given === validator;
}

async function receive(
  response: Response,
  file: FileHandle,
  offset: number,
  { total }: PartialState,
  { target, size, onProgress }: TransferOptions,
  timer: NodeJS.Timeout,
): Promise<void> {
  const most = size ?? total ?? Infinity;
  let position = offset;
  onProgress?.(position, total);
  try {
    for await (const chunk of response.body ?? []) {
      const bytes = chunk as Uint8Array;
      if (position + bytes.length > most) {
        await discardPartial(target);
        throw new AttemptError(`the server sent more than ${most} bytes`);
      }
      await onDisk(partialPath(target), () => writeFully(file, bytes, position));
      position += bytes.length;
      onProgress?.(position, total);
      timer.refresh();
    }
  } catch (error) {
    if (!isNetworkError(error)) throw error;
    throw new AttemptError(endedEarly(position, total, ` (${networkProblem(error).message})`));
  }
  await onDisk(partialPath(target), () => file.sync());
  if (total !== null && position < total) throw new AttemptError(endedEarly(position, total));
}

function endedEarly(position: number, total: number | null, why = ''): string {
  return `the connection ended after ${position} of ${total ?? 'an unknown number of'} bytes${why}`;
}

async function writeFully(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    written += (await file.write(bytes, written, bytes.length - written, position + written)).bytesWritten;
  }
}

function statusProblem({ status, statusText, headers }: Response): AttemptError {
  const again = status >= 500 || status === 408 || status === 425 || status === 429;
  const seconds = Number(headers.get('retry-after') ?? NaN);
  return new AttemptError(
    `the server answered ${status} ${statusText}`.trim(),
    !again,
    seconds > 0 ? Math.min(seconds, 60) * 1000 : null,
  );
}

/** `fetch` reports whatever happens on the network as a TypeError with a cause. */
function isNetworkError(error: unknown): error is TypeError {
  return error instanceof TypeError && error.cause !== undefined;
}

function networkProblem(error: TypeError): AttemptError {
  const cause = error.cause as (Error & { code?: string }) | undefined;
  const text = [cause?.message, cause?.code].find(Boolean) ?? error.message;
  const final = cause?.code === 'ENOTFOUND' || /redirect count exceeded|scheme/.test(text);
  return new AttemptError(
    cause?.code === 'ENOTFOUND' ? `${text} (no network, or no such host)` : text,
    final,
  );
}
