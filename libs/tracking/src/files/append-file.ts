import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

/**
 * Appends text to a file, made when there is something to append, without making its caller wait for the disk: what comes while
 * a write is under way goes out with the next one, in order.
 */
export class AppendFile {
  readonly #path: string;
  #stream: WriteStream | null = null;
  #error: Error | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  /** Throws the error of an earlier write. */
  append(text: string): void {
    if (this.#error !== null) throw this.#error;
    this.#stream ??= this.#open();
    this.#stream.write(text);
  }

  /** Resolves when all that was appended is in the file, where it survives this process being killed. */
  async flush(): Promise<void> {
    const stream = this.#stream;
    if (stream === null) return;
    await new Promise<void>((resolve, reject) => {
      stream.write('', (error) => {
        if (error) reject(this.#error ?? error);
        else resolve();
      });
    });
  }

  /** Flushes what is left; what is appended later opens the file again. Rejects as `flush` does, with the file closed all the same. */
  async close(): Promise<void> {
    if (this.#error !== null) throw this.#error;
    const stream = this.#stream;
    if (stream === null) return;
    this.#stream = null;
    stream.end();
    await finished(stream);
  }

  #open(): WriteStream {
    const stream = createWriteStream(this.#path, { flags: 'a' });
    return stream.on('error', (error) => {
      this.#error = error;
    });
  }
}
