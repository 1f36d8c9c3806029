import { byGroup } from './by-group.ts';

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
  return byGroup(images).flatMap(([group, members]) => {
    const labels = [...new Set(members.map(({ label }) => label))];
    if (labels.length === 1) return [];
    const examples = labels.map((label) => {
      const own = members.filter((member) => member.label === label);
      return { label, name: own[0]!.name, images: own.length };
    });
    return [{ group, examples }];
  });
}
