import { twinPairs, type FileStore } from '@thaw/tracking';

const twinsShown = 12;

/** What `gap` found out about a run, and pairs of twins; nothing where it has not been asked. */
export async function runGap(store: FileStore, run: string) {
  const document = await store.gap(run);
  const gap = document && {
    cause: document.cause,
    parts: [...document.parts],
    explanation: [...document.explanation],
    unit: document.unit,
  };
  return { gap, twins: twinPairs((await store.groups(run)) ?? [], twinsShown) };
}
