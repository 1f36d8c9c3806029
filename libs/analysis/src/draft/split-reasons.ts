import { counted, shareOf } from '@thaw/base';
import type { Draft } from './draft.ts';
import type { Survey } from './survey-folder.ts';

/** Why validation images are chosen in this way, in sentences. */
export function splitReasons({ look, parts }: Survey, { strategy, folds }: Draft['split']): string[] {
  const reasons: string[] = [];
  if (look === null) {
    reasons.push(
      'Nobody has looked for copies yet: the sweep does, and keeps all images of one photograph on one side.',
    );
  } else if (strategy === 'grouped') {
    reasons.push(
      `${shareOf(look.copies, look.images)} images share their photograph with another. All images of a photograph stay on one side, or validation accuracy would say how well copies are recognised.`,
    );
  } else if (strategy === 'given') {
    reasons.push('The folder brings validation images of its own.');
  } else {
    reasons.push('No two images come from one photograph, so images are drawn at random from each class.');
  }
  if (look !== null && strategy === 'grouped' && look.sceneMates > 0) {
    reasons.push(
      `${counted(look.sceneMates, 'photograph')} share their scene with another: groups: {detect: scene} would keep these together, too.`,
    );
  }
  if (folds !== undefined) {
    reasons.push(
      `Photographs are few, so each trial trains ${folds} times, and each image is validated once, by a network that has not seen it (cross-validation). Without the line \`folds\` a trial trains once, ${folds} times faster, and says less.`,
    );
  }
  if (parts.has('validation') && strategy !== 'given') {
    reasons.push('The validation images that the folder brings are among those that are divided.');
  }
  if (!parts.has('test')) {
    reasons.push('The folder brings no test images: a fifth of the images is kept aside as a test set.');
  }
  const crossing = look?.leakage.crossings.find(({ to }) => to === 'test');
  if (crossing) {
    reasons.push(
      `Careful: ${counted(crossing.images_in_to, 'test image')} show photographs of training or validation, so that test accuracy flatters, too.`,
    );
  }
  return reasons;
}
