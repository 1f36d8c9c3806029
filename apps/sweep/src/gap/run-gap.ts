import { join } from 'node:path';
import { openStore, twinPairs } from '@thaw/tracking';
import { checkOutputFile, writeDocument } from '../report/output-file.ts';
import { terminalWidth } from '../report/terminal-width.ts';
import { stoppedNotice, untilStopped } from '../until-stopped.ts';
import { chooseRun } from './choose-run.ts';
import { groupedImages } from './data-of-run.ts';
import { drawFigures } from './figures/draw-figures.ts';
import type { GapOptions } from './gap-options.ts';
import { GapProgress } from './gap-progress.ts';
import { gapText } from './gap-text.ts';
import { measureGap } from './measure-gap.ts';
import { mistakePictures, twinPictures } from './pictures.ts';
import { writeFigures } from './write-figures.ts';

const twinsShown = 12;

/**
 * Measures the gap of a run, writes figures and report into the run's folder and prints what it found. Returns the exit
 * code: 0, or that of the signal which stopped it; what was computed until then is kept and not computed again.
 */
export async function runGap(options: GapOptions): Promise<number> {
  const { runsDir, output } = options;
  if (output !== null) await checkOutputFile(output);
  const store = openStore(runsDir);
  const chosen = await chooseRun(store, options);
  const folder = await store.gapFolder(chosen.run.id);

  const progress = new GapProgress(process.stderr, () => performance.now());
  const work = async (signal: AbortSignal) => {
    const { document, data } = await measureGap(store, chosen, {
      cacheDir: join(runsDir, 'cache'),
      retrain: options.retrain,
      figures: folder,
      progress,
      signal,
    });
    const page = {
      document,
      settings: chosen.run.settings,
      figures: await drawFigures(document),
      mistakes: data ? await mistakePictures(document.mistakes.test, data.images) : [],
      twins: data ? await twinPictures(twinPairs(groupedImages(data), twinsShown), data.images) : [],
    };
    await writeFigures(folder, page, data);
    if (output !== null) await writeDocument(output, document);
    progress.close();
    process.stdout.write(`${gapText(document, terminalWidth(process.stdout))}\n`);
  };
  try {
    return await untilStopped(work, () => progress.note(stoppedNotice));
  } finally {
    progress.close();
  }
}
