import { expect, it } from 'vitest';
import { classesOf } from '../src/draft/survey-folder.ts';

const place = (label: string | null, set: 'train' | 'test' | null, group: string | null) => ({
  label,
  set,
  group,
});

it('classes of a folder are counted by parts, and photographs where somebody looked', () => {
  const places = [
    place('a', 'train', 'p1'),
    place('a', 'train', 'p1'),
    place('a', 'train', 'p2'),
    place('a', 'test', 'p3'),
    place(null, null, 'p4'),
  ];
  expect(classesOf(['a', 'b'], places)).toEqual([
    { class: 'a', images: 3, testImages: 1, photographs: 2 },
    { class: 'b', images: 0, testImages: 0, photographs: 0 },
  ]);
  expect(classesOf(['a'], [place('a', null, null)])).toEqual([
    { class: 'a', images: 1, testImages: 0, photographs: null },
  ]);
});

it('of thousands of classes they are counted in one pass', { timeout: 20_000 }, () => {
  const labels = Array.from({ length: 10_000 }, (_, i) => `class ${i}`);
  const places = labels.flatMap((label) => [place(label, 'train', label), place(label, 'test', label)]);
  expect(new Set(classesOf(labels, places).map(({ images, testImages }) => images + testImages))).toEqual(
    new Set([2]),
  );
});
