import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createEngine } from '@thaw/compute';
import { settingsSchema } from '@thaw/experiment';
import { runTrial } from '@thaw/training';
import { answer } from './in-own-process.ts';

export interface RecipeOptions {
  /** As an experiment file has them. */
  readonly settings: object;
  readonly cacheDir: string;
  /** Whether memory is looked at, which takes time. */
  readonly memory: boolean;
}

export interface RecipeCost {
  /** CPU seconds (user and system, all threads) of each epoch, validation included. */
  readonly cpu: readonly number[];
  /** The most bytes that arrays took after a step or an epoch, once what is garbage by then was collected; 0 where it was not looked at. */
  readonly memoryBytes: number;
}

answer(trainOnce);

/** Trains one trial and gives what it cost. */
async function trainOnce({ settings, cacheDir, memory }: RecipeOptions): Promise<RecipeCost> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const cpu: number[] = [];
  let memoryBytes = 0;
  let before = process.cpuUsage();
  const look = () => {
    if (!memory) return;
    // The second waits until what the first found is swept.
    collect();
    collect();
    memoryBytes = Math.max(memoryBytes, process.memoryUsage().external);
  };
  await runTrial(settingsSchema.parse(settings), {
    engine: createEngine('onnx'),
    cacheDir,
    test: false,
    observer: {
      phase: () => undefined,
      batch: look,
      epoch: () => {
        const { user, system } = process.cpuUsage(before);
        cpu.push((user + system) / 1e6);
        look();
        before = process.cpuUsage();
      },
    },
  });
  return { cpu, memoryBytes };
}
