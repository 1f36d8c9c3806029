interface Opened<T> {
  readonly thing: Promise<T>;
  users: number;
}

/**
 * Keeps what was asked for last open, `most` at a time. What has to go is disposed of once nobody uses it any more, so that more may
 * be open while they are in use.
 */
export class KeptOpen<T extends { dispose(): void | Promise<void> }> {
  readonly #most: number;
  /** What was asked for longest ago first. */
  readonly #kept = new Map<string, Opened<T>>();

  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Gives `work` what `key` names, which stays open until that has ended; `open` is called where it is not open. Rejects where
   * either does. What could not be opened is opened anew the next time.
   */
  async use<R>(key: string, open: () => Promise<T>, work: (thing: T) => Promise<R>): Promise<R> {
    const used = this.#kept.get(key) ?? { thing: open(), users: 0 };
    used.users++;
    this.#kept.delete(key);
    this.#kept.set(key, used);
    this.#dropOldest();
    try {
      return await work(await this.#opened(key, used));
    } finally {
      used.users--;
      if (this.#kept.get(key) !== used) close(used);
    }
  }

  async #opened(key: string, used: Opened<T>): Promise<T> {
    try {
      return await used.thing;
    } catch (error) {
      if (this.#kept.get(key) === used) this.#kept.delete(key);
      throw error;
    }
  }

  #dropOldest(): void {
    for (const [key, oldest] of this.#kept) {
      if (this.#kept.size <= this.#most) return;
      this.#kept.delete(key);
      close(oldest);
    }
  }
}

/** Disposes of what nobody uses; what fails of that, or could not be opened, concerns nobody who is still there. */
function close<T extends { dispose(): void | Promise<void> }>({ thing, users }: Opened<T>): void {
  if (users > 0) return;
  thing.then((opened) => opened.dispose()).catch(() => undefined);
}
