import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Note } from '@thaw/base';
import type { Refusal, Refused } from './tracker-api.ts';

/** The tracker has answered that it will not. */
export class TrackerRefusal extends Error {
  readonly refusal: Refusal;

  constructor({ refusal, message }: Refused) {
    super(message);
    this.refusal = refusal;
  }
}

/** The tracker has not answered for so long that nobody waits any more. */
export class TrackerSilent extends Error {}

export interface TrackerClientOptions {
  readonly url: string;
  readonly token: string;
  /** Ends waiting for a tracker that does not answer. */
  readonly signal: AbortSignal;
  /** Told once when the tracker stops answering, and once when it does again. */
  readonly note: Note;
  /** How long an upload may stand still before it is tried again. */
  readonly uploadMs?: number;
}

export interface CallOptions {
  readonly headers?: Record<string, string>;
  /** How long to go on trying; for ever when left out. Throws TrackerSilent then. */
  readonly patienceMs?: number;
  /** Once aborted, it is tried no more; throws TrackerSilent then. */
  readonly until?: AbortSignal | undefined;
}

const firstWaitMs = 250;
const longestWaitMs = 5000;
const answerMs = 10_000;
/** How long an upload may stand still: systems hold megabytes that the network has yet to take. */
const usualUploadMs = 120_000;
const partBytes = 65_536;

/**
 * Calls the tracker, and again until it answers: networks are cut and sweeps are resumed, and all calls may be repeated. Throws
 * TrackerRefusal, and the signal's reason.
 */
export class TrackerClient {
  readonly #options: TrackerClientOptions;
  #silent = false;

  constructor(options: TrackerClientOptions) {
    this.#options = options;
  }

  async call(
    method: 'PUT' | 'POST',
    path: string,
    body: object | Uint8Array,
    { headers = {}, patienceMs = Number.POSITIVE_INFINITY, until }: CallOptions = {},
  ): Promise<unknown> {
    const { url, token, signal, note, uploadMs = usualUploadMs } = this.#options;
    const begun = performance.now();
    const limit = Math.min(body instanceof Uint8Array ? uploadMs : answerMs, patienceMs);
    const ends = AbortSignal.any(until ? [signal, until] : [signal]);
    for (let wait = firstWaitMs; ; wait = Math.min(2 * wait, longestWaitMs)) {
      signal.throwIfAborted();
      const still = new AbortController();
      const timer = setTimeout(() => {
        still.abort(new Error(`nothing for ${limit / 1000} s`));
      }, limit);
      const response = await fetch(new URL(path, url), {
        method,
        ...(body instanceof Uint8Array
          ? { body: inParts(body, () => timer.refresh()), duplex: 'half' }
          : { body: JSON.stringify(body) }),
        headers: { authorization: `Bearer ${token}`, ...headers },
        signal: AbortSignal.any([ends, still.signal]),
      })
        .then(
          async (answered) => ({ status: answered.status, value: (await answered.json()) as unknown }),
          (error: unknown) => ({ status: 0, value: error as Error }),
        )
        .finally(() => {
          clearTimeout(timer);
        });
      if (response.status !== 0 && response.status < 500) {
        if (this.#silent) note(`the tracker ${url} answers again`);
        this.#silent = false;
        if (response.status < 400) return response.value;
        throw new TrackerRefusal(response.value as Refused);
      }
      const left = begun + patienceMs - performance.now();
      if (until?.aborted || left <= 0) throw new TrackerSilent(`the tracker ${url} did not answer`);
      if (!this.#silent)
        note(`the tracker ${url} does not answer (${(response.value as Error).message}); trying again`);
      this.#silent = true;
      await sleep(Math.min(wait, left), undefined, { signal: ends }).catch(() => undefined);
    }
  }
}

/** The bytes as the network takes them; `onPart` is told of each part that it does. */
function inParts(bytes: Uint8Array, onPart: () => void): ReadableStream {
  return Readable.toWeb(Readable.from(parts(bytes, onPart))) as ReadableStream;
}

async function* parts(bytes: Uint8Array, onPart: () => void): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += partBytes) {
    onPart();
    yield bytes.subarray(at, at + partBytes);
  }
}
