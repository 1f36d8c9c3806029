import { forecastSentences } from '@thaw/analysis/recorded';
import { testTwinPairs, twinPairs, type FileStore } from '@thaw/tracking';

const twinsShown = 12;

/** What `gap` found out about a run, nothing where it has not been asked; and pairs of twins, as far as groups are known. */
export async function runGap(store: FileStore, run: string) {
  const document = await store.gap(run);
  const gap = document && {
    cause: document.cause,
    parts: [...document.parts],
    explanation: [...document.explanation],
    forecast: forecastSentences(document, document.overall.test.accuracy),
    unit: document.unit,
  };
  const images = (await store.groups(run))?.images ?? [];
  return {
    gap,
    twins: twinPairs(images, twinsShown),
    test_twins: testTwinPairs(images, twinsShown),
  };
}
