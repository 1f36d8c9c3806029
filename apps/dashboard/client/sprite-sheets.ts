import { spriteColumns, spriteSide, spritesPerSheet } from '@thaw/analysis/browser';

/** A picture on a sheet: where its square begins. */
export interface Sprite {
  readonly sheet: ImageBitmap;
  readonly x: number;
  readonly y: number;
}

/** Sheets that are kept decoded, of about a megabyte each. */
const mostKept = 96;
/** Sheets that are asked for at once; a browser has six connections, and others want some, too. */
const mostAsked = 4;
/** How soon a sheet that did not come is asked for again, in ms; after each time later, up to the second. */
const [againMs, latestMs] = [1000, 60_000] as const;

/**
 * Small pictures of a run's images, fetched by the sheet when they are first wanted, what was wanted last first. Only so many sheets
 * stay in memory; those that were not used for longest go, and are fetched again from the browser's own cache. One that did not come is
 * asked for again after a while, unless the server says that there is none.
 */
export class SpriteSheets {
  readonly #url: (sheet: number) => string;
  /** The least recently used first. */
  readonly #sheets = new Map<number, ImageBitmap>();
  /** The last wanted last. */
  readonly #wanted = new Set<number>();
  readonly #asked = new Set<number>();
  /** Those that are not asked for, now or for good. */
  readonly #missing = new Set<number>();
  /** How often each did not come. */
  readonly #failures = new Map<number, number>();
  readonly #listeners = new Set<() => void>();
  #isClosed = false;

  constructor(url: (sheet: number) => string) {
    this.#url = url;
  }

  /** The picture of an image; null until it is there, and for good where it cannot be had. */
  get(image: number): Sprite | null {
    const number = Math.floor(image / spritesPerSheet);
    const sheet = this.#sheets.get(number);
    if (!sheet) {
      this.#want(number);
      return null;
    }
    this.#sheets.delete(number);
    this.#sheets.set(number, sheet);
    const place = image % spritesPerSheet;
    return {
      sheet,
      x: (place % spriteColumns) * spriteSide,
      y: Math.floor(place / spriteColumns) * spriteSide,
    };
  }

  /** Tells whenever a sheet has come; the returned function ends that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#isClosed = true;
    for (const sheet of this.#sheets.values()) sheet.close();
    this.#sheets.clear();
    this.#wanted.clear();
    this.#listeners.clear();
  }

  #want(sheet: number): void {
    if (this.#asked.has(sheet) || this.#missing.has(sheet)) return;
    this.#wanted.delete(sheet);
    this.#wanted.add(sheet);
    // Those that were wanted long ago have been scrolled past.
    for (const oldest of [...this.#wanted].slice(0, -mostKept)) this.#wanted.delete(oldest);
    this.#ask();
  }

  #ask(): void {
    while (this.#asked.size < mostAsked && this.#wanted.size > 0) {
      const sheet = [...this.#wanted].at(-1)!;
      this.#wanted.delete(sheet);
      this.#asked.add(sheet);
      void this.#fetch(sheet);
    }
  }

  async #fetch(sheet: number): Promise<void> {
    try {
      const response = await fetch(this.#url(sheet));
      if (response.ok) this.#keep(sheet, await createImageBitmap(await response.blob()));
      else this.#miss(sheet, response.status >= 500 || response.status === 429);
    } catch {
      this.#miss(sheet, true);
    }
    this.#asked.delete(sheet);
    if (this.#isClosed) return;
    this.#ask();
    this.#tell();
  }

  #miss(sheet: number, mayCome: boolean): void {
    this.#missing.add(sheet);
    if (!mayCome) return;
    const failures = this.#failures.get(sheet) ?? 0;
    this.#failures.set(sheet, failures + 1);
    setTimeout(
      () => {
        this.#missing.delete(sheet);
        // Who wants it still asks again.
        this.#tell();
      },
      Math.min(latestMs, againMs * 2 ** failures),
    );
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #keep(sheet: number, bitmap: ImageBitmap): void {
    if (this.#isClosed) return bitmap.close();
    this.#sheets.set(sheet, bitmap);
    this.#failures.delete(sheet);
    for (const [number, oldest] of [...this.#sheets].slice(0, -mostKept)) {
      oldest.close();
      this.#sheets.delete(number);
    }
  }
}
