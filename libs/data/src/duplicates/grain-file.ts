import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The grain of many images in a file: it is as large as their plates, but looked at only where two of them are compared closely. The
 * file loses its name at once, so it is gone when the process is. Threads share its descriptor.
 */
export class GrainFile {
  readonly descriptor: number;

  constructor(descriptor: number) {
    this.descriptor = descriptor;
  }

  /** A new one in a folder that is there. Throws the system's error where none can be made. */
  static in(folder: string): GrainFile {
    const path = join(folder, `grain-${randomUUID()}.tmp`);
    const file = new GrainFile(openSync(path, 'wx+'));
    unlinkSync(path);
    return file;
  }

  /** Writes bytes from the place `first` on. */
  write(first: number, grain: Uint8Array): void {
    for (let at = 0; at < grain.length;)
      at += writeSync(this.descriptor, grain, at, grain.length - at, first + at);
  }

  /** Reads the bytes from the place `first` on that fill `to`. */
  read(first: number, to: Uint8Array): void {
    readSync(this.descriptor, to, 0, to.length, first);
  }

  close(): void {
    closeSync(this.descriptor);
  }
}
