import { Presets, SingleBar } from 'cli-progress';
import { duration } from '@thaw/base';

/** Preparation that takes less than this shows nothing. */
const patienceMs = 1000;
const plainIntervalMs = 10_000;

export interface PreparationProgress {
  update(done: number, total: number): void;
  close(): void;
}

/** Shows how far the work before the first trial is, counted in `what`: a bar on a terminal, otherwise a line every ten seconds. */
export function preparationProgress(
  what: string,
  stream: NodeJS.WriteStream,
  clock: () => number,
): PreparationProgress {
  let begun: number | null = null;
  let spoke = 0;
  let bar: SingleBar | null = null;
  const text = (done: number, total: number, elapsed: number) => {
    const perSecond = (done * 1000) / Math.max(1, elapsed);
    const left = duration((total - done) / perSecond);
    return `${Math.floor(done)}/${total} ${what}, ${Math.round(perSecond)}/s, ${left} left`;
  };
  return {
    update(done, total) {
      const now = clock();
      if (begun === null) [begun, spoke] = [now, now];
      const elapsed = now - begun;
      if (elapsed < patienceMs) return;
      if (!stream.isTTY) {
        if (now - spoke < plainIntervalMs) return;
        spoke = now;
        stream.write(`${text(done, total, elapsed)}\n`);
        return;
      }
      const shown = { text: text(done, total, elapsed) };
      if (bar) {
        bar.update(done, shown);
        return;
      }
      bar = new SingleBar(
        { stream, format: '{bar} {text}', barsize: 16, clearOnComplete: true },
        Presets.shades_grey,
      );
      bar.start(total, done, shown);
    },
    close() {
      bar?.stop();
      bar = null;
    },
  };
}
