import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { UserError } from '@thaw/base';

const script = fileURLToPath(new URL('time_keras.py', import.meta.url));

export interface KerasOptions {
  /** A folder with TRAIN/<class>/ images; null: random pixels from memory, which times the step alone. */
  readonly data: string | null;
  /** `head`, the name of a layer or block, or `all`. */
  readonly trainableFrom: string;
  /** 1 when left out. */
  readonly alpha?: number;
  /** Whether images that train are turned, shifted, mirrored and made brighter or darker. */
  readonly augment?: boolean;
  readonly classes: number;
  readonly steps: number;
  readonly rounds: number;
}

export interface KerasRound {
  readonly train_ms: number;
  /** Meaningless for pixels from memory. */
  readonly validation_ms: number;
}

/** Times Keras in a process of its own: MobileNetV2 at 224 x 224, batches of 32. */
export class KerasPeer {
  readonly #python: string;
  /** `Keras 3.15.1, TensorFlow 2.21.0`. */
  readonly version: string;

  private constructor(python: string, version: string) {
    this.#python = python;
    this.version = version;
  }

  /** Null when this Python has no Keras on TensorFlow. */
  static async find(python: string): Promise<KerasPeer | null> {
    const code =
      'import keras, tensorflow; print(f"Keras {keras.__version__}, TensorFlow {tensorflow.__version__}")';
    const lines = await linesOf(python, ['-c', code]).catch(() => null);
    return lines?.[0] ? new KerasPeer(python, lines[0]) : null;
  }

  /** One entry a round, milliseconds an image; a warm-up round comes before and is not counted. */
  async time(options: KerasOptions): Promise<KerasRound[]> {
    const { data, trainableFrom, alpha = 1, augment = false, classes, steps, rounds } = options;
    const source = data === null ? ['--source', 'memory'] : ['--source', 'files', '--data', data];
    const lines = await linesOf(this.#python, [
      script,
      ...source,
      ...['--trainable-from', trainableFrom, '--classes', String(classes), '--alpha', String(alpha)],
      ...(augment ? ['--augment'] : []),
      ...['--steps', String(steps), '--rounds', String(rounds)],
    ]);
    return lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as KerasRound);
  }
}

async function linesOf(command: string, args: readonly string[]): Promise<string[]> {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' },
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-2000)));
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  if ((await ended) !== 0) throw new UserError(`${command} ${args[0] ?? ''} failed:\n${complaint.trim()}`);
  return lines;
}
