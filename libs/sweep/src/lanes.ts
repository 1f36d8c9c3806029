interface Run {
  /** Does work after work until nothing is left, or until `leaves` says true, which takes it out: fewer are wanted. */
  readonly lane: (leaves: () => boolean) => Promise<void>;
  readonly settle: () => void;
  readonly fail: (error: unknown) => void;
}

/** Works that go on beside one another, as many as are wanted at the moment. */
export class Lanes {
  #wanted: number;
  #running = 0;
  #run: Run | null = null;
  #failed: { readonly error: unknown } | null = null;

  constructor(wanted: number) {
    this.#wanted = wanted;
  }

  /**
   * Starts `lane` once for each that is wanted, and again where more are. Resolves when all have ended; after one has rejected none
   * is started, and it rejects with the first error when the others have ended.
   */
  run(lane: Run['lane']): Promise<void> {
    return new Promise((settle, fail) => {
      this.#run = { lane, settle, fail };
      this.#fill();
    });
  }

  resize(wanted: number): void {
    this.#wanted = wanted;
    this.#fill();
  }

  #fill(): void {
    while (this.#run !== null && this.#failed === null && this.#running < this.#wanted)
      this.#start(this.#run);
  }

  #start({ lane, settle, fail }: Run): void {
    this.#running++;
    let isOut = false;
    const leaves = () => {
      if (isOut || this.#running <= this.#wanted) return isOut;
      // At once, so that no other lane leaves in its stead.
      isOut = true;
      this.#running--;
      return true;
    };
    const ended = () => {
      if (!isOut) this.#running--;
      if (this.#running > 0) return;
      this.#run = null;
      if (this.#failed === null) settle();
      else fail(this.#failed.error);
    };
    lane(leaves).then(ended, (error: unknown) => {
      this.#failed ??= { error };
      ended();
    });
  }
}
