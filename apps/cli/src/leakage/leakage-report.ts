import { join } from 'node:path';
import {
  byGroup,
  dominantAdvice,
  dominantGroups,
  dominantWords,
  type FolderImages,
  type FolderLeakage,
} from '@thaw/data';
import { counted, duration, thousands } from '@thaw/base';
import { renderTable, type Align } from '../report/table.ts';
import {
  crossingSentences,
  groupsOfSeveral,
  mixedLines,
  offeredLines,
  sceneSentences,
  unsureSentences,
} from '@thaw/analysis';

const mostShown = 10;

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
    crossingSentences(leakage).join('\n'),
    ...paragraph(sceneSentences(leakage)),
    ...dominantText(leakage, pictures),
    ...paragraph(mixedLines(leakage)),
    ...paragraph(unsureSentences(leakage)),
    ...paragraph(offeredLines(leakage)),
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
