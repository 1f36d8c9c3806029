import type { LeakageRecord } from '@thaw/tracking';
import { counted, parameterList, thousands } from '@thaw/base';
import { twinsInTraining } from '../results/sentences.ts';

const mostShown = 5;

/**
 * What was found about leakage, in sentences: one or more for each data set and split, none where nobody looked. `change` says
 * how settings, path=value each, are changed.
 */
export function leakageText(
  records: readonly LeakageRecord[] | null,
  change = (settings: readonly string[]) => settings.join(' '),
): string[] {
  return (records ?? []).flatMap((record) => {
    const which = parameterList(record.parameters);
    const where = which === '' ? '' : ` with ${which}`;
    return [
      validationSentence(record, where, change),
      ...testSentences(record, where),
      ...besideTwins(record, where),
    ];
  });
}

/** What was found beside twins and copies of test images: scenes in several parts, images with several labels, and notes. */
export function besideTwins(record: LeakageRecord, where = ''): string[] {
  return [
    ...sceneSentences(record, where),
    ...mixedSentences(record, where),
    ...record.notes.map((note) => `Data${where}: ${note}`),
  ];
}

function validationSentence(
  record: LeakageRecord,
  where: string,
  change: (settings: readonly string[]) => string,
): string {
  const twins = twinSentence(record);
  if (twins === null) {
    const how = record.groups_from === 'named' ? 'as they are named' : 'found by looking at them';
    return `Leakage${where}: none of ${thousands(record.validation_images)} validation images has a twin in training (${thousands(record.images)} images in ${thousands(record.groups)} groups, ${how}).`;
  }
  return `Leakage${where}: ${twins} To split without it: ${change(record.remedy ?? [])}`;
}

/** That validation images have a twin in training, and what their accuracy then says, in sentences; null where none has. */
export function twinSentence({
  validation_images: all,
  validation_images_with_a_twin_in_training: twins,
  unit,
}: LeakageRecord): string | null {
  return twins === 0 ? null : twinsInTraining(twins, all, unit);
}

/** That test images are copies of training or validation images, in sentences; none where no group crosses. */
export function testSentences({ crossings }: Pick<LeakageRecord, 'crossings'>, where = ''): string[] {
  return crossings
    .filter(({ to }) => to === 'test')
    .map(({ from, groups, images_in_to }) => {
      const [part, one] = [from === 'train' ? 'training' : from, groups === 1];
      return `Leakage${where}: ${counted(groups, 'group')} of images ${one ? 'is' : 'are'} in ${part} and in test; ${counted(images_in_to, 'test image')} of ${one ? 'it' : 'them'} may flatter the test accuracy. They stay where the data set has them; gap tells the accuracy on the rest.`;
    });
}

/** That validation and test images show scenes that training images show, in sentences; none where no scene crosses. */
export function sceneSentences(
  { scene_crossings }: { readonly scene_crossings: Readonly<LeakageRecord['scene_crossings']> },
  where = '',
): string[] {
  return scene_crossings
    .filter(({ from }) => from === 'train')
    .map(({ to, groups, images_in_to }) => {
      const shown = `${counted(images_in_to, `${to} image`)} of ${counted(groups, 'scene')} show${images_in_to === 1 ? 's' : ''} what training images show, copies of one photograph among them.`;
      const split = to === 'validation' ? ' split.groups={detect: scene} would keep scenes together.' : '';
      return `Scenes${where}: ${shown}${split}`;
    });
}

function mixedSentences({ mixed_labels }: LeakageRecord, where: string): string[] {
  if (mixed_labels.length === 0) return [];
  const shown = mixed_labels.slice(0, mostShown).map(({ examples }) => examples.join(' and '));
  const more =
    mixed_labels.length > mostShown ? `, and ${thousands(mixed_labels.length - mostShown)} more` : '';
  return [
    `Labels${where}: ${counted(mixed_labels.length, 'photograph')} with images of several classes, of which at most one is right: ${shown.join('; ')}${more}`,
  ];
}
