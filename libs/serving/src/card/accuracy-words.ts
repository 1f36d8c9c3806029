import { percent, percentInterval, thousands } from '@thaw/base';
import type { CardFacts } from './card-facts.ts';

/** Without a test set that was opened there is none of images that it never met. Copies of training images were met: where there are some, the accuracy is that on the other test images. */
export function accuracyWords(
  { validation, test: tested }: Pick<CardFacts['figures'], 'validation' | 'test'>,
  honest: CardFacts['honestTest'],
): string {
  const sure = (ci95: Parameters<typeof percentInterval>[0]) => ` (95 % interval ${percentInterval(ci95)})`;
  if (!tested) {
    const { accuracy, ci95 } = validation.overall;
    return `It is not known how often it is right on images that it has never seen: the test set is sealed. On validation images it is ${percent(accuracy)}${sure(ci95)}.`;
  }
  const test = tested.overall;
  if (!honest || honest.twins === 0) {
    return `On images that it has never seen it is right ${percent(test.accuracy)} of the time${sure(test.ci95)}.`;
  }
  return honest.accuracy === null
    ? `It is not known how often it is right on images that it has never seen: nearly all of its test images are copies of those that it learned from or was chosen by, and on all of them it is right ${percent(test.accuracy)} of the time.`
    : `On images that it has never seen it is right ${percent(honest.accuracy)} of the time${sure(honest.ci95)}; on all test images, of which ${thousands(honest.twins)} are copies of those that it learned from or was chosen by, ${percent(test.accuracy)}.`;
}
