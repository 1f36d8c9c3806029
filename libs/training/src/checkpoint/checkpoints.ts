import { readCheckpoint, writeCheckpoint, type Checkpoint, type FinishedFold } from './checkpoint.ts';

export interface CheckpointOptions {
  /** Where the trial's last checkpoint is; whoever records the trial's result removes it then. */
  readonly file: string;
  /** Seconds of training that an interruption may cost, at least; longer where writing is slow. */
  readonly everySeconds: number;
  /** Told why a checkpoint could not be written; training goes on without it. */
  readonly onProblem: (message: string) => void;
}

/** Writing takes at most this share of the time. */
const largestShare = 0.02;

/** Where one training goes on from and leaves what it has come to. */
export interface EpochCheckpoints {
  read(): Promise<Checkpoint | null>;
  /** Whether so much would be lost by now that writing is worth its time. */
  readonly due: boolean;
  /** Writes what `gather` gives. */
  write(gather: () => Promise<Omit<Checkpoint, 'key'>>): Promise<void>;
}

/** The checkpoints of one trial: one file, replaced when enough has been trained since. */
export class Checkpoints implements EpochCheckpoints {
  readonly #options: CheckpointOptions;
  readonly #key: string;
  #last = performance.now();
  #cost = 0;

  constructor(options: CheckpointOptions, key: string) {
    this.#options = options;
    this.#key = key;
  }

  read(): Promise<Checkpoint | null> {
    return readCheckpoint(this.#options.file, this.#key);
  }

  /** Those of the training behind these folds. */
  behind(finished: readonly FinishedFold[]): EpochCheckpoints {
    const isDue = () => this.due;
    return {
      read: async () => {
        const checkpoint = await this.read();
        return checkpoint?.finished?.length === finished.length ? checkpoint : null;
      },
      get due() {
        return isDue();
      },
      write: (gather) => this.write(async () => ({ ...(await gather()), finished })),
    };
  }

  get due(): boolean {
    const wait = Math.max(1000 * this.#options.everySeconds, this.#cost / largestShare);
    return performance.now() - this.#last >= wait;
  }

  async write(gather: () => Promise<Omit<Checkpoint, 'key'>>): Promise<void> {
    const begun = performance.now();
    try {
      await writeCheckpoint(this.#options.file, { key: this.#key, ...(await gather()) });
    } catch (error) {
      this.#options.onProblem(`no checkpoint could be written: ${(error as Error).message}`);
    }
    this.#last = performance.now();
    this.#cost = this.#last - begun;
  }
}
