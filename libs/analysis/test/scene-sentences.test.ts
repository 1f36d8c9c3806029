import { findCrossings, type GroupedFolderImage, type Split } from '@thaw/data';
import { describe, expect, it } from 'vitest';
import { leakageDocument } from '../src/leakage/leakage-document.ts';
import { sceneSentences } from '../src/leakage/scene-sentences.ts';

/** `train cat p1 s1`: an image in its part, of its class, photograph and scene. */
function leakageOf(...texts: string[]) {
  const images = texts.map((text, i): GroupedFolderImage => {
    const [split, label, group, scene] = text.split(' ') as [Split, string, string, string | undefined];
    return { path: `/${i}`, name: `${i}.png`, sha256: String(i), split, label, group, scene: scene ?? null };
  });
  const shown = images.flatMap((image) => (image.scene === null ? [] : [{ ...image, group: image.scene }]));
  return {
    images,
    groups: new Set(images.map(({ group }) => group)).size,
    confidence: new Map(images.map(({ group }) => [group, 1])),
    crossings: findCrossings(images),
    sceneCrossings: findCrossings(shown),
    offered: [{ a: images[0]!, b: images[1]!, confidence: 0.8 }],
    keras: null,
  };
}

const crossing = leakageOf(
  ...['train cat p1 s1', 'train cat p1 s1', 'train cat p2 s1', 'test cat p3 s1'],
  ...['train cat p4', 'train dog p5 s2', 'train dog p6 s2', 'train dog p7', 'train dog p8', 'test dog p9'],
);

describe('scenes of a folder', () => {
  it('are told with the largest, what crosses and what a split by them would do', () => {
    expect(sceneSentences(crossing)).toEqual([
      '2 scenes: 6 of 10 (60.0 %) images are of photographs that show the same place, field or pattern as another, and are not taken for copies of it.',
      'The largest: these 4 images of 3 photographs show one scene (s1): 0.png, 1.png, 2.png and 1 more.',
      'train and test share 1 scene: 1 of 2 (50.0 %) test images show what an image of train shows, copies of one photograph among them.',
      'A split by scenes (split: {strategy: grouped, groups: {detect: scene}}) would keep 6 groups together where one by photographs keeps 9; group s1 holds 3 of 4 (75.0 %) images of cat: 0.png, 1.png, 2.png, all of which would be on one side.',
    ]);
  });

  it('that hold a whole class are told to make a split by scenes impossible', () => {
    const whole = leakageOf(
      'train cat p1 s1',
      'train cat p2 s1',
      'train dog p3',
      'train dog p4',
      'test dog p5',
    );
    expect(sceneSentences(whole).slice(1)).toEqual([
      'The largest: these 2 images show one scene (s1): 0.png, 1.png.',
      'No scene crosses train and test.',
      'A split by scenes (groups: {detect: scene}) cannot be made: group s1 holds 2 of 2 (100.0 %) images of cat: 0.png, 1.png.',
    ]);
  });

  it('are not spoken of where there are none', () => {
    expect(sceneSentences(leakageOf('train cat p1', 'train cat p1', 'test cat p2'))).toEqual([]);
  });

  it('stand in the document: with every file, in their crossings and one by one', () => {
    const folder = { layout: 'train-test-folders', skipped: [], notes: [] } as const;
    const document = leakageDocument(folder, crossing, { seconds: 1, pictures: null });
    expect(document.files.map(({ group, scene }) => [group, scene]).slice(2, 5)).toEqual([
      ['p2', 's1'],
      ['p3', 's1'],
      ['p4', null],
    ]);
    expect(document.crossings).toEqual([]);
    expect(document.offered).toEqual([{ a: '0.png', b: '1.png', confidence: 0.8 }]);
    expect(document.scene_crossings).toEqual([
      { from: 'train', to: 'test', groups: 1, images: 4, images_in_to: 1 },
    ]);
    expect(document.scenes).toEqual([
      { scene: 's1', images: 4, photographs: 3, classes: { cat: 4 }, splits: { train: 3, test: 1 } },
      { scene: 's2', images: 2, photographs: 2, classes: { dog: 2 }, splits: { train: 2 } },
    ]);
    expect(document.dominant_scenes).toEqual([
      { group: 's1', class: 'cat', images: 3, of: 4, files: ['0.png', '1.png', '2.png'] },
    ]);
    expect(document.dominant_groups).toEqual([]);
  });

  it('a photograph that holds most of a class is named in the document', () => {
    const heavy = leakageOf('train cat p1', 'train cat p1', 'train cat p2', 'train dog p3', 'train dog p4');
    const folder = { layout: 'train-test-folders', skipped: [], notes: [] } as const;
    expect(leakageDocument(folder, heavy, { seconds: 1, pictures: null }).dominant_groups).toEqual([
      { group: 'p1', class: 'cat', images: 2, of: 3, files: ['0.png', '1.png'] },
    ]);
  });
});
