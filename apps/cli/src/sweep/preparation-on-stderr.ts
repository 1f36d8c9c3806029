import { leakageText } from '@thaw/analysis';
import { thousands } from '@thaw/base';
import type { PreparationListener } from '@thaw/sweep';
import { fetchProgress } from '../commands/fetch-progress.ts';
import { phaseProgress } from '../progress/phase-progress.ts';
import { inWords, setWords } from '../remedy-text.ts';

/** From here on looking for copies takes so long that users should know how to leave it out. */
const manyImages = 5000;

/** Says on standard error how far the work before the first trial is, and what it has found. */
export function preparationOnStderr(): PreparationListener & { close: () => void } {
  const images = phaseProgress(process.stderr, () => performance.now());
  const weights = fetchProgress('weights', process.stderr);
  const close = () => {
    images.close();
    weights.stop();
  };
  const say = (line: string) => {
    close();
    process.stderr.write(`${line}\n`);
  };
  return {
    count: images.update,
    weights: weights.update,
    looking: (count) => {
      if (count < manyImages) return;
      say(
        `Looking for copies of one photograph among ${thousands(count)} images, once; --leakage-check off leaves it out.`,
      );
    },
    note: (message, remedy) => {
      say(inWords({ message, remedy }));
    },
    leakage: (records) => {
      for (const line of leakageText(records, setWords)) say(line);
    },
    close,
  };
}
