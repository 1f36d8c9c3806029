import { close, fstat, ftruncate, open, write } from 'node:fs';
import { promisify } from 'node:util';

/**
 * Appends text to a file, made when there is something to append, without making its caller wait for the disk: what comes while
 * a write is under way goes out with the next one, in order. What could not be written waits for the next call of any method, which opens
 * the file anew, takes back what a full disk has kept of a line, and writes it again.
 */
export class AppendFile {
  readonly #path: string;
  /** What is not in the file yet. */
  #waiting = '';
  #file: number | null = null;
  /** Bytes of the file up to the end of its last whole write; null where that is wherever it ends. */
  #length: number | null = null;
  #writing: Promise<void> | null = null;
  #error: Error | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  /** Throws the error of the last write where that failed: then `text` is not taken. */
  append(text: string): void {
    const error = this.#error;
    if (error === null) this.#waiting += text;
    this.#write().catch(() => undefined);
    if (error !== null) throw error;
  }

  /** Resolves when all that was appended is in the file, where it survives this process being killed. */
  async flush(): Promise<void> {
    await this.#write();
  }

  /** Flushes what is left; what is appended later opens the file again. Rejects as `flush` does, with the file closed all the same. */
  async close(): Promise<void> {
    await this.#write();
    this.#length = null;
    await this.#letGo();
  }

  async #write(): Promise<void> {
    if (this.#waiting !== '') await (this.#writing ??= this.#writeAll());
  }

  async #writeAll(): Promise<void> {
    try {
      while (this.#waiting !== '') {
        const file = (this.#file ??= await promisify(open)(this.#path, 'a'));
        if (this.#error !== null && this.#length !== null) await promisify(ftruncate)(file, this.#length);
        this.#length ??= (await promisify(fstat)(file)).size;
        const text = this.#waiting;
        const bytes = Buffer.from(text);
        for (let done = 0; done < bytes.length;)
          done += (await promisify(write)(file, bytes, done, bytes.length - done, null)).bytesWritten;
        this.#length += bytes.length;
        this.#waiting = this.#waiting.slice(text.length);
        this.#error = null;
      }
    } catch (error) {
      this.#error = error as Error;
      await this.#letGo().catch(() => undefined);
      throw error;
    } finally {
      this.#writing = null;
    }
  }

  async #letGo(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    if (file !== null) await promisify(close)(file);
  }
}
