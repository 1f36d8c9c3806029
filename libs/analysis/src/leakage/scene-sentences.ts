import { counted, printedName, shareOf, thousands } from '@thaw/base';
import { byGroup, byScene, dominantWords, type FolderLeakage } from '@thaw/data';
import { dominantScenes, groupedByScene, scenesOf } from './leakage-document.ts';

const filesNamed = 3;

/**
 * What a folder's scenes are, in sentences: how many, the largest, which cross its parts, and what a split by scenes would do. None
 * where no two photographs show the same.
 */
export function sceneSentences(
  leakage: Pick<FolderLeakage, 'images' | 'groups' | 'sceneCrossings'>,
): string[] {
  const { images, sceneCrossings } = leakage;
  const scenes = scenesOf(leakage);
  if (scenes.length === 0) return [];
  const shown = scenes.reduce((sum, scene) => sum + scene.images, 0);
  return [
    `${counted(scenes.length, 'scene')}: ${shareOf(shown, images.length)} images are of photographs that show the same place, field or pattern as another, and are not taken for copies of it.`,
    largestSentence(leakage),
    ...sceneCrossings.map(({ from, to, groups, images_in_to }) => {
      const all = images.filter(({ split }) => split === to).length;
      return `${from} and ${to} share ${counted(groups, 'scene')}: ${shareOf(images_in_to, all)} ${to} images show what an image of ${from} shows, copies of one photograph among them.`;
    }),
    ...noneCrosses(leakage),
    splitSentence(leakage),
  ];
}

function largestSentence({ images }: Pick<FolderLeakage, 'images'>): string {
  const [scene, members] = byGroup(byScene(images))[0]!;
  const photographs = new Set(members.map(({ photograph }) => photograph)).size;
  const names = members.slice(0, filesNamed).map(({ name }) => printedName(name));
  const more = members.length > filesNamed ? ` and ${thousands(members.length - filesNamed)} more` : '';
  const of = photographs === members.length ? '' : ` of ${counted(photographs, 'photograph')}`;
  return `The largest: these ${counted(members.length, 'image')}${of} show one scene (${scene}): ${names.join(', ')}${more}.`;
}

function noneCrosses({ images, sceneCrossings }: Pick<FolderLeakage, 'images' | 'sceneCrossings'>): string[] {
  const parts = [...new Set(images.flatMap(({ split }) => split ?? []))];
  return sceneCrossings.length > 0 || parts.length < 2 ? [] : [`No scene crosses ${parts.join(' and ')}.`];
}

function splitSentence({ images, groups }: Pick<FolderLeakage, 'images' | 'groups'>): string {
  const count = new Set(groupedByScene(images).map(({ group }) => group)).size;
  const [most] = dominantScenes(images);
  const split = `A split by scenes (split: {strategy: grouped, groups: {detect: scene}}) would keep ${counted(count, 'group')} together where one by photographs keeps ${thousands(groups)}`;
  if (!most) return `${split}.`;
  return most.images.length === most.of
    ? `A split by scenes (groups: {detect: scene}) cannot be made: ${dominantWords(most)}.`
    : `${split}; ${dominantWords(most)}, all of which would be on one side.`;
}
