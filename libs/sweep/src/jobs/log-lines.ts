/** So many lines are kept, and so much of each, in characters. */
const mostLines = 1000;
const longestLine = 500;

/** The last lines of a log, for readers who come back for what is new. */
export class LogLines {
  readonly #lines: string[] = [];
  /** How many there have been. */
  #count = 0;

  add(text: string): void {
    for (const line of text.split('\n')) {
      this.#lines.push(line.slice(0, longestLine));
      this.#count++;
    }
    this.#lines.splice(0, Math.max(0, this.#lines.length - mostLines));
  }

  /** What has come since `cursor`, that of an earlier answer or 0; `missed` lines of it are no longer kept. */
  since(cursor: number): { cursor: number; lines: string[]; missed: number } {
    const first = this.#count - this.#lines.length;
    // The cursor of another log knows nothing of this one.
    const from = cursor > this.#count ? 0 : cursor;
    return {
      cursor: this.#count,
      lines: this.#lines.slice(Math.max(0, from - first)),
      missed: Math.max(0, first - from),
    };
  }
}
