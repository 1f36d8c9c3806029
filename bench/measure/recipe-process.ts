import { createEngine } from '@thaw/compute';
import { settingsSchema } from '@thaw/experiment';
import { runTrial } from '@thaw/training';
import { answer } from './in-own-process.ts';

export interface RecipeOptions {
  /** As an experiment file has them. */
  readonly settings: object;
  readonly cacheDir: string;
}

export interface RecipeCost {
  /** CPU seconds (user and system, all threads) and seconds of each epoch, validation included. */
  readonly epochs: readonly { readonly cpu: number; readonly seconds: number }[];
  /** The most memory that the process has held. */
  readonly peakMemoryBytes: number;
}

answer(trainOnce);

/** Trains one trial and gives what each epoch cost. */
async function trainOnce({ settings, cacheDir }: RecipeOptions): Promise<RecipeCost> {
  const epochs: { cpu: number; seconds: number }[] = [];
  let [cpu, time] = [process.cpuUsage(), performance.now()];
  await runTrial(settingsSchema.parse(settings), {
    engine: createEngine('onnx'),
    cacheDir,
    test: false,
    observer: {
      phase: () => undefined,
      batch: () => undefined,
      epoch: () => {
        const { user, system } = process.cpuUsage(cpu);
        epochs.push({ cpu: (user + system) / 1e6, seconds: (performance.now() - time) / 1000 });
        [cpu, time] = [process.cpuUsage(), performance.now()];
      },
    },
  });
  return { epochs, peakMemoryBytes: process.resourceUsage().maxRSS * 1024 };
}
