import { expect, it } from 'vitest';
import { testTwinPairs, twinPairs, type GroupedImage } from '../src/index.ts';

it('pairs twins of every class in turn, one pair a photograph', () => {
  const image = (path: string, split: GroupedImage['split'], name: string, group: string) => ({
    path,
    split,
    class: name,
    group,
  });
  const images = [
    image('t1', 'train', 'A', '1'),
    image('t1b', 'train', 'A', '1'),
    image('t2', 'train', 'A', '2'),
    image('t3', 'train', 'B', '3'),
    image('v1', 'validation', 'A', '1'),
    image('v1b', 'validation', 'A', '1'),
    image('v2', 'validation', 'A', '2'),
    image('v3', 'validation', 'B', '3'),
    image('v4', 'validation', 'B', '4'),
    image('e1', 'test', 'A', '1'),
    image('e4', 'test', 'B', '4'),
    image('e4b', 'test', 'B', '4'),
    image('e5', 'test', 'B', '5'),
  ];
  expect(twinPairs(images, 9)).toEqual([
    { class: 'A', group: '1', training: 't1', validation: 'v1' },
    { class: 'B', group: '3', training: 't3', validation: 'v3' },
    { class: 'A', group: '2', training: 't2', validation: 'v2' },
  ]);
  expect(testTwinPairs(images, 9)).toEqual([
    { class: 'A', group: '1', known: 't1', test: 'e1' },
    { class: 'B', group: '4', known: 'v4', test: 'e4' },
  ]);
  expect(twinPairs(images, 1)).toHaveLength(1);
  expect(twinPairs([], 9)).toEqual([]);
});
