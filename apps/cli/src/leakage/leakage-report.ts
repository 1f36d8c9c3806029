import { join } from 'node:path';
import {
  byGroup,
  dominantAdvice,
  dominantGroups,
  dominantWords,
  mixedLabels,
  type FolderImages,
  type FolderLeakage,
} from '@thaw/data';
import { counted, duration, printedName, shareOf, thousands } from '@thaw/base';
import { renderTable, type Align } from '../report/table.ts';
import { groupsOfSeveral, sceneSentences } from '@thaw/analysis';

const mostShown = 10;
/** Below this a group deserves a look at its pictures. */
const unsure = 0.9;

export interface LeakageReportOptions {
  readonly folder: string;
  readonly seconds: number;
  readonly pictures: { readonly folder: string; readonly files: readonly string[] } | null;
  readonly columns: number | null;
}

/** What the leakage command found, for reading. */
export function leakageReport(
  { layout, ignored }: Pick<FolderImages, 'layout' | 'ignored'>,
  leakage: FolderLeakage,
  { folder, seconds, pictures, columns }: LeakageReportOptions,
): string {
  const several = groupsOfSeveral(leakage);
  const inSeveral = several.reduce((sum, { images }) => sum + images, 0);
  const { images, groups } = leakage;
  const left = ignored.length > 0 ? `; not looked at: ${ignored.join(', ')}` : '';
  const found =
    several.length === 0
      ? 'no two images come from one photograph'
      : `${thousands(inSeveral)} of them share a photograph with another image`;
  return [
    `${counted(images.length, 'image')} in ${folder} (${layout}${left}) ${images.length === 1 ? 'comes' : 'come'} from ${counted(groups, 'photograph')}: ${found}. ${duration(seconds)}`,
    ...(several.length > 0 ? [partTable(leakage, columns), largestTable(leakage, columns)] : []),
    crossingText(leakage),
    ...paragraph(sceneSentences(leakage)),
    ...dominantText(leakage, pictures),
    ...mixedText(leakage),
    ...unsureText(leakage),
    ...offeredText(leakage),
    ...(pictures
      ? [`Pictures:\n${pictures.files.map((file) => `  ${join(pictures.folder, file)}`).join('\n')}`]
      : []),
  ].join('\n\n');
}

/** Images and photographs of every class in every part. */
function partTable({ images }: FolderLeakage, columns: number | null): string {
  const hasSplits = images.some(({ split }) => split !== null);
  const parts = new Map<string, FolderLeakage['images'][number][]>();
  for (const image of images) {
    const key = JSON.stringify([image.split, image.label]);
    const known = parts.get(key);
    if (known) known.push(image);
    else parts.set(key, [image]);
  }
  const rows = [...parts.values()].map((members) => {
    const { split, label } = members[0]!;
    const groups = byGroup(members);
    return [
      ...(hasSplits ? [split ?? '-'] : []),
      label ?? '-',
      thousands(members.length),
      thousands(groups.length),
      thousands(groups[0]![1].length),
    ];
  });
  const texts = hasSplits ? 2 : 1;
  return renderTable({
    head: [...(hasSplits ? ['split'] : []), 'class', 'images', 'photographs', 'most of one'],
    aligns: Array.from({ length: texts + 3 }, (_, i): Align => (i < texts ? 'left' : 'right')),
    rows,
    columns,
  });
}

function largestTable(leakage: FolderLeakage, columns: number | null): string {
  const several = groupsOfSeveral(leakage);
  const list = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ') || '-';
  const table = renderTable({
    head: ['group', 'images', 'confidence', 'classes', 'splits'],
    aligns: ['left', 'right', 'right', 'left', 'left'],
    rows: several
      .slice(0, mostShown)
      .map(({ group, images, confidence, classes, splits }) => [
        group,
        thousands(images),
        confidence.toFixed(2),
        list(classes),
        list(splits),
      ]),
    columns,
  });
  const more = several.length > mostShown ? `\nand ${thousands(several.length - mostShown)} more` : '';
  return `The largest groups:\n${table}${more}`;
}

function crossingText({ images, crossings, keras }: FolderLeakage): string {
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
  return lines.join('\n');
}

function mixedText({ images }: FolderLeakage): string[] {
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
  return [[head, ...lines, ...more].join('\n')];
}

function paragraph(sentences: readonly string[]): string[] {
  return sentences.length === 0 ? [] : [sentences.join('\n')];
}

function dominantText({ images }: FolderLeakage, pictures: LeakageReportOptions['pictures']): string[] {
  const dominant = dominantGroups(images);
  if (dominant.length === 0) return [];
  const sheet = pictures?.files.find((file) => file.startsWith('most-of-a-class'));
  const see = pictures && sheet ? [`Pictures of them: ${join(pictures.folder, sheet)}`] : [];
  const lines = dominant.map((each) => `  ${dominantWords(each)}`);
  const head = 'A photograph that holds more than half of a class goes to one side of a grouped split whole:';
  return [[head, ...lines, dominantAdvice('photograph'), ...see].join('\n')];
}

/** Pairs that were not joined: whoever knows better may name the groups. */
function offeredText({ offered }: FolderLeakage): string[] {
  if (offered.length === 0) return [];
  const lines = offered
    .slice(0, mostShown)
    .map(
      ({ a, b, confidence }) =>
        `  ${confidence.toFixed(2)}  ${printedName(a.name)} and ${printedName(b.name)}`,
    );
  const more = offered.length > mostShown ? [`  and ${thousands(offered.length - mostShown)} more`] : [];
  const head = `${counted(offered.length, 'pair')} of images may be copies, but not surely enough to be in one group:`;
  return [[head, ...lines, ...more].join('\n')];
}

function unsureText(leakage: FolderLeakage): string[] {
  const doubtful = groupsOfSeveral(leakage).filter(({ confidence }) => confidence < unsure);
  if (doubtful.length === 0) return [];
  const images = doubtful.reduce((sum, group) => sum + group.images, 0);
  return [
    `${counted(doubtful.length, 'group')} of ${thousands(images)} images ${doubtful.length === 1 ? 'has' : 'have'} a confidence below ${unsure}: look at their pictures. A confidence weighs how many places and pixels agree; it is no probability.`,
  ];
}
