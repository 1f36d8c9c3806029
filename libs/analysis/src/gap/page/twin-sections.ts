import { counted, percent } from '@thaw/base';
import type { GapDocument } from '@thaw/tracking';
import { escapeMarkup } from '../figures/escape-markup.ts';
import type { TwinPicture } from '../pictures.ts';
import { picture } from './markup.ts';

interface Twins {
  readonly document: Pick<GapDocument, 'leakage' | 'unit'>;
  readonly twins: readonly TwinPicture[];
  readonly testTwins: readonly TwinPicture[];
}

/** Images in training and in validation, pair by pair; nothing where there are none. */
export function twinSection({ document, twins }: Twins): string {
  const { validation_images_with_a_twin_in_training: count, fraction } = document.leakage;
  if (twins.length === 0 || count === null || fraction === null) return '';
  return `<section>
<h2>The same ${document.unit} on both sides</h2>
<p>Left an image that the model learned from, right one that it was validated on. ${counted(count, 'validation image')} (${percent(fraction)}) ${count === 1 ? 'has' : 'have'} such a twin in training: a model that remembers the left picture gets the right one without knowing the class.</p>
${pairs(twins, 'training', 'validation')}
</section>`;
}

/** Images in training or validation and in test, pair by pair; nothing where there are none. */
export function testTwinSection({ document, testTwins: twins }: Twins): string {
  const { test_images_with_a_twin_in_training_or_validation: count, test_fraction: fraction } =
    document.leakage;
  if (twins.length === 0 || count === null || fraction === null) return '';
  return `<section>
<h2>The same ${document.unit} in test</h2>
<p>Left an image that the model learned from or was chosen by, right one that it was tested on. ${counted(count, 'test image')} (${percent(fraction)}) ${count === 1 ? 'has' : 'have'} such a twin: on these the test accuracy says what the model remembers.</p>
${pairs(twins, 'known', 'test')}
</section>`;
}

function pairs(twins: readonly TwinPicture[], left: string, right: string): string {
  const items = twins.map(
    ({ label, known, measured }) =>
      `<li><div class="row">${picture(known.jpeg, `${left} image ${known.file}`)}${picture(measured.jpeg, `${right} image ${measured.file}`)}</div>
<b>${escapeMarkup(label)}</b><span class="file">${escapeMarkup(known.file)}<br>${escapeMarkup(measured.file)}</span></li>`,
  );
  return `<ul class="pictures pairs">
${items.join('\n')}
</ul>`;
}
