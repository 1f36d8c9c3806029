/**
 * Runs one trial with a checkpoint after every epoch, as a process that may be killed: `checkpointed-trial.ts REQUEST`, a
 * file of JSON. Says each epoch on standard output, goes on when it reads a byte, and writes what came out to a file at the end.
 */
import { readFileSync, readSync, writeSync } from 'node:fs';
import { serialize } from 'node:v8';
import { writeFileAtomic } from '@thaw/base';
import { createEngine, type EngineName } from '@thaw/compute';
import { figuresBehind, settingsSchema, type EpochRecord } from '@thaw/experiment';
import { runTrial, TrialMemory, type TrialResult } from '@thaw/training';

export interface TrialRequest {
  readonly engine: EngineName;
  readonly settings: object;
  readonly cacheDir: string;
  /** Null for a trial without checkpoints. */
  readonly checkpoint: string | null;
  readonly output: string;
}

/** What must be equal however often a trial was interrupted. */
export type TrialTrace = Pick<TrialResult, 'summary' | 'predictions' | 'networks'> & {
  readonly epochs: readonly Omit<EpochRecord, 'seconds' | 'images_per_second'>[];
};

const memory = new TrialMemory();
/** One of each for all trials of a process: it keeps the sessions that it has opened for who needs the same graph next. */
const engines = { onnx: createEngine('onnx'), tensorflow: createEngine('tensorflow') };

export async function traceTrial(
  { engine, settings, cacheDir, checkpoint }: Omit<TrialRequest, 'output'>,
  onEpoch: (epoch: number) => void = () => undefined,
  epochSignal?: AbortSignal,
): Promise<TrialTrace> {
  const epochs: TrialTrace['epochs'][number][] = [];
  const { summary, predictions, networks } = await runTrial(settingsSchema.parse(settings), {
    engine: engines[engine],
    cacheDir,
    memory,
    epochSignal,
    checkpoint:
      checkpoint === null
        ? undefined
        : {
            file: checkpoint,
            everySeconds: 0,
            onProblem: (message) => {
              throw new Error(message);
            },
          },
    observer: {
      phase: () => undefined,
      batch: () => undefined,
      epoch: (record) => {
        const { epoch } = record;
        epochs.push({ epoch, ...figuresBehind('', record), ...figuresBehind('val_', record) });
        onEpoch(epoch);
      },
    },
  });
  return { summary, predictions, networks, epochs };
}

const [file] = process.argv.slice(2);
if (process.argv[1] === import.meta.filename && file !== undefined) {
  const request = JSON.parse(readFileSync(file, 'utf8')) as TrialRequest;
  const trace = await traceTrial(request, (epoch) => {
    writeSync(1, `${epoch}\n`);
    readSync(0, Buffer.alloc(1));
  });
  await writeFileAtomic(request.output, serialize(trace));
}
