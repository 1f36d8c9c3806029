import type { GroupedImage, Store } from '@thaw/tracking';

const twinsShown = 12;

/** What `gap` found out about a run, and pairs of twins; nothing where it has not been asked. */
export async function runGap(store: Store, run: string) {
  const document = await store.gap(run);
  const gap = document && {
    cause: document.cause,
    parts: [...document.parts],
    explanation: [...document.explanation],
    unit: document.unit,
  };
  return { gap, twins: twinPairs((await store.groups(run)) ?? [], twinsShown) };
}

/** A training and a validation image of one group, one pair a group, the classes in turn. */
export function twinPairs(images: readonly GroupedImage[], limit: number) {
  const training = new Map(
    images.filter(({ split }) => split === 'train').map((image) => [image.group, image]),
  );
  const seen = new Set<string>();
  const byClass = new Map<string, { class: string; group: string; training: string; validation: string }[]>();
  for (const { path, split, group, class: name } of images) {
    const twin = training.get(group);
    if (split !== 'validation' || !twin || seen.has(group)) continue;
    seen.add(group);
    byClass.set(name, [
      ...(byClass.get(name) ?? []),
      { class: name, group, training: twin.path, validation: path },
    ]);
  }
  const most = Math.max(0, ...[...byClass.values()].map(({ length }) => length));
  return Array.from({ length: most }, (_, i) => [...byClass.values()].flatMap((pairs) => pairs[i] ?? []))
    .flat()
    .slice(0, limit);
}
