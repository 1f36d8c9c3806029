/** One photograph under several labels. */
export interface MixedGroup<L> {
  readonly group: string;
  /** The first image of each label, in the order in which the labels come up. */
  readonly examples: readonly { readonly label: L; readonly name: string; readonly images: number }[];
}

/** The groups that have images of several labels, largest first: at most one of the labels is right. */
export function mixedLabels<L>(
  images: readonly { readonly group: string; readonly label: L; readonly name: string }[],
): MixedGroup<L>[] {
  const groups = new Map<string, Map<L, { name: string; images: number }>>();
  for (const { group, label, name } of images) {
    let labels = groups.get(group);
    if (!labels) groups.set(group, (labels = new Map()));
    const known = labels.get(label);
    if (known) known.images++;
    else labels.set(label, { name, images: 1 });
  }
  const size = ({ examples }: MixedGroup<L>) => examples.reduce((sum, { images }) => sum + images, 0);
  return [...groups]
    .filter(([, labels]) => labels.size > 1)
    .map(([group, labels]) => ({
      group,
      examples: [...labels].map(([label, example]) => ({ label, ...example })),
    }))
    .sort((a, b) => size(b) - size(a));
}
