import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { inTurn, sha256, writeFolderAtomic } from '@thaw/base';
import {
  byGroup,
  byScene,
  dominantGroups,
  drawContactSheet,
  groupsInBoth,
  imagesPerRow,
  kerasParts,
  mixedLabels,
  type FolderLeakage,
  type GroupedFolderImage,
  type SheetImage,
  type SheetRow,
  type Split,
} from '@thaw/data';

/** Raise this whenever the same findings would give other pictures. */
const pictureVersion = 4;
const rowsPerSheet = 10;
/** Nobody looks at hundreds of groups; the document names them all. */
const mostRows = 30;

const colors: Record<Split | 'none', string> = {
  train: '#1f5fa8',
  validation: '#c2571a',
  test: '#2c7a3f',
  none: '#555555',
};

/** A picture to draw, not drawn yet. */
interface Sheet {
  readonly name: string;
  readonly heading: string;
  readonly rows: readonly SheetRow[];
}

/**
 * Draws the largest groups, those that hold most of a class, the groups of every crossing (of the folder, or those that Keras's
 * validation_split would make), the classes in turn, the groups under several labels, and the largest scenes, an image of each of
 * their photographs; and returns the names of the files. The folder is named by what it shows, and made whole or not at all;
 * `onProgress` counts sheets.
 */
export async function writeContactSheets(
  leakage: FolderLeakage,
  { parent, onProgress }: { parent: string; onProgress: (done: number, total: number) => void },
): Promise<{ folder: string; files: readonly string[] } | null> {
  const sheets = planSheets(leakage);
  if (sheets.length === 0) return null;
  const shown = JSON.stringify([pictureVersion, sheets]);
  const folder = join(parent, sha256(shown).slice(0, 16));
  await writeFolderAtomic(folder, async (temporary) => {
    for (const [index, { name, heading, rows }] of sheets.entries()) {
      onProgress(index, sheets.length);
      await writeFile(join(temporary, name), await drawContactSheet(heading, rows));
    }
    onProgress(sheets.length, sheets.length);
  });
  return { folder, files: sheets.map(({ name }) => name) };
}

function planSheets(leakage: FolderLeakage): Sheet[] {
  const { images, confidence, crossings, keras } = leakage;
  const title = (group: string, members: readonly GroupedFolderImage[]) =>
    [counts(members), `confidence ${confidence.get(group)!.toFixed(2)}`, `group ${group}`].join(' · ');
  const groups = byGroup(images);
  const largest = groups
    .filter(([, members]) => members.length > 1)
    .map(([group, members]) => ({ title: title(group, members), images: spread(members).map(sheetImage) }));
  const crossing = (parts: readonly GroupedFolderImage[], from: Split, to: Split) => {
    const shared = groupsInBoth(parts, from, to);
    const crossed = byGroup(parts).filter(([group]) => shared.has(group));
    return inTurn(crossed, ([, members]) => members[0]!.label).map(([group, members]) => {
      const sides = [from, to].map((side) => members.filter(({ split }) => split === side));
      const shown = sides.flatMap((side) => spread(side, imagesPerRow / 2));
      return { title: title(group, sides.flat()), images: shown.map(sheetImage) };
    });
  };
  const mixed = mixedLabels(images.filter(({ label }) => label !== null)).map(({ group, examples }) => {
    const members = images.filter((image) => image.group === group);
    const each = Math.max(1, Math.floor(imagesPerRow / examples.length));
    const shown = examples.flatMap(({ label }) =>
      spread(
        members.filter((image) => image.label === label),
        each,
      ),
    );
    return { title: title(group, members), images: shown.slice(0, imagesPerRow).map(sheetImage) };
  });
  const dominant = dominantGroups(images).map(({ label, group, images: own, of }) => ({
    title: `${own.length} of ${of} images of ${label} · group ${group}`,
    images: spread(own).map(sheetImage),
  }));
  const scenes = byGroup(byScene(images)).map(([scene, members]) => {
    const seen = new Set<string>();
    const firsts = members.filter(({ photograph }) => !seen.has(photograph) && seen.add(photograph));
    return {
      title: [counts(members), `${firsts.length} photographs`, `scene ${scene}`].join(' · '),
      images: spread(firsts).map(sheetImage),
    };
  });
  const offered = leakage.offered.map(({ a, b, confidence: sure }) => ({
    title: `confidence ${sure.toFixed(2)}`,
    images: [a, b].map(sheetImage),
  }));
  return [
    ...pages('largest-groups', 'The largest groups: images of one photograph', largest, rowsPerSheet),
    ...pages('most-of-a-class', 'Groups that hold more than half of a class', dominant, rowsPerSheet),
    ...crossings.flatMap(({ from, to }) =>
      pages(`${from}-${to}`, `Photographs in ${from} and in ${to}`, crossing(images, from, to)),
    ),
    ...(keras && keras.imagesWithATwinInTraining > 0
      ? pages(
          'keras-validation-split',
          `Photographs that Keras's validation_split=${keras.fraction} puts into training and validation`,
          crossing(kerasParts(images, keras.fraction), 'train', 'validation'),
          rowsPerSheet,
        )
      : []),
    ...pages('several-labels', 'Photographs under several labels', mixed),
    ...pages('perhaps-copies', 'Perhaps copies, but not surely enough to be used', offered, rowsPerSheet),
    ...pages('largest-scenes', 'The largest scenes: photographs that show the same', scenes, rowsPerSheet),
  ];
}

function pages(name: string, heading: string, rows: readonly SheetRow[], most = mostRows): Sheet[] {
  const shown = rows.slice(0, most);
  const count = Math.ceil(shown.length / rowsPerSheet);
  const of = shown.length < rows.length ? `; ${shown.length} of ${rows.length} are shown` : '';
  return Array.from({ length: count }, (_, page) => ({
    name: count === 1 ? `${name}.png` : `${name}-${page + 1}.png`,
    heading: `${heading}${count === 1 ? '' : ` (${page + 1} of ${count})`}${of}`,
    rows: shown.slice(page * rowsPerSheet, (page + 1) * rowsPerSheet),
  }));
}

/** The first, the last and what lies evenly between them. */
function spread<T>(items: readonly T[], count = imagesPerRow): T[] {
  if (items.length <= count) return [...items];
  if (count === 1) return items.slice(0, 1);
  return Array.from({ length: count }, (_, i) => items[Math.round((i * (items.length - 1)) / (count - 1))]!);
}

/** `TRAIN EOSINOPHIL 61, TEST EOSINOPHIL 2`. */
function counts(images: readonly GroupedFolderImage[]): string {
  const places = new Map<string, number>();
  for (const image of images) places.set(place(image), (places.get(place(image)) ?? 0) + 1);
  return [...places].map(([where, count]) => `${where} ${count}`.trim()).join(', ');
}

function place({ split, label }: GroupedFolderImage): string {
  return [split?.toUpperCase(), label].filter(Boolean).join(' ') || 'images';
}

function sheetImage(image: GroupedFolderImage): SheetImage {
  const { path, name, split } = image;
  return {
    path,
    caption: [place(image), name.split('/').at(-1)!],
    color: colors[split ?? 'none'],
  };
}
