import { mixedLabels, type FolderLeakage } from '@thaw/data';
import { counted, printedName, shareOf, thousands } from '@thaw/base';
import { groupsOfSeveral } from './leakage-document.ts';

/** So many examples are named. */
const mostShown = 10;
/** Below this a group deserves a look at its pictures. */
const unsure = 0.9;

/** Which photographs are in several parts of a folder, and what Keras's validation_split would make of it. */
export function crossingSentences({ images, crossings, keras }: FolderLeakage): string[] {
  const lines = crossings.map(({ from, to, groups, images_in_to }) => {
    const all = images.filter(({ split }) => split === to).length;
    return `${from} and ${to} share ${counted(groups, 'photograph')}: ${shareOf(images_in_to, all)} ${to} images have a twin in ${from}.`;
  });
  if (crossings.length === 0 && images.some(({ split }) => split !== null)) {
    const parts = [...new Set(images.map(({ split }) => split))];
    lines.push(`No photograph crosses ${parts.join(' and ')}.`);
  }
  if (keras) {
    const { fraction, testImages, images: held, imagesWithATwinInTraining: twins } = keras;
    const cut = testImages > 0 ? `, after ${counted(testImages, 'image')} for a test set,` : '';
    lines.push(
      twins === 0
        ? `Keras's validation_split=${fraction}${cut} would not leak: none of its ${thousands(held)} validation images has a twin in training.`
        : `Keras's validation_split=${fraction}${cut} would leak: ${shareOf(twins, held)} validation images have a twin in training, so validation accuracy would say how well copies are recognised. In an experiment file, split: {strategy: grouped, groups: detect} keeps all images of a photograph on one side.`,
    );
  }
  return lines;
}

/** Photographs under several classes, and examples of them; none where each has one. */
export function mixedLines({ images }: FolderLeakage): string[] {
  const mixed = mixedLabels(images.filter(({ label }) => label !== null));
  if (mixed.length === 0) return [];
  const lines = mixed.slice(0, mostShown).map(({ group, examples }) => {
    const each = examples.map(
      ({ label, name, images }) => `${printedName(label!)} ${thousands(images)} (${printedName(name)})`,
    );
    return `  ${group}: ${each.join(', ')}`;
  });
  const more = mixed.length > mostShown ? [`  and ${thousands(mixed.length - mostShown)} more`] : [];
  const head = `${counted(mixed.length, 'photograph')} under several classes, of which at most one is right:`;
  return [head, ...lines, ...more];
}

/** Pairs that were not joined: whoever knows better may name the groups. */
export function offeredLines({ offered }: FolderLeakage): string[] {
  if (offered.length === 0) return [];
  const lines = offered
    .slice(0, mostShown)
    .map(
      ({ a, b, confidence }) =>
        `  ${confidence.toFixed(2)}  ${printedName(a.name)} and ${printedName(b.name)}`,
    );
  const more = offered.length > mostShown ? [`  and ${thousands(offered.length - mostShown)} more`] : [];
  const head = `${counted(offered.length, 'pair')} of images may be copies, but not surely enough to be in one group:`;
  return [head, ...lines, ...more];
}

/** How many groups are uncertain; none where all are sure. */
export function unsureSentences(leakage: FolderLeakage): string[] {
  const doubtful = groupsOfSeveral(leakage).filter(({ confidence }) => confidence < unsure);
  if (doubtful.length === 0) return [];
  const images = doubtful.reduce((sum, group) => sum + group.images, 0);
  return [
    `${counted(doubtful.length, 'group')} of ${thousands(images)} images ${doubtful.length === 1 ? 'has' : 'have'} a confidence below ${unsure}: look at their pictures. A confidence weighs how many places and pixels agree. Where it was measured, links were true about as often as it says; with images of another kind that may be otherwise.`,
  ];
}
