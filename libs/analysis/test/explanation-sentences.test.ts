import { describe, expect, it } from 'vitest';
import type { ExplainInput } from '../src/gap/explain-input.ts';
import { explanationSentences } from '../src/gap/explanation-sentences.ts';

interface Case {
  readonly selection?: { readonly value: number; readonly ci95: readonly [number, number] };
  /** Copies among 100 test images, and the accuracy on the others; 0.6 on all. */
  readonly copies?: number;
  readonly honest?: number;
  /** Whether the trial was trained again on splits without copies. */
  readonly retrained?: boolean;
  /** Scenes that training and test images show. */
  readonly scenes?: number;
}

/** What is said of 80 and 100 images of two classes, half and half in validation and 1 to 3 in test. */
function told({ selection, copies = 0, honest = 0.6, retrained = false, scenes = 0 }: Case): string {
  const side = (accuracy: number, images: number) => ({ accuracy, ci95: [0.5, 0.7], images, groups: images });
  const effect = { value: 0.05, ci95: [0.01, 0.09] };
  const input = {
    gap: {
      overall: {
        validation: side(0.7, 80),
        test: side(0.6, 100),
        gap: { value: 0.1, ci95: [0.02, 0.18] },
      },
      per_class: [],
    },
    tested: { missing: null },
    leakage: {
      figures: {
        validation_images_with_a_twin_in_training: 0,
        test_images_with_a_twin_in_training_or_validation: copies,
        scene_crossings:
          scenes === 0 ? [] : [{ from: 'train', to: 'test', groups: scenes, images: 9, images_in_to: 4 }],
        honest_test: { ...side(honest, 100 - copies) },
      },
      sets: retrained ? {} : null,
    },
    selection: { figures: selection ? { trials: 3 } : null, missing: null },
    shares: {
      figures: {
        per_class: [
          { class: 'cat', validation: 0.5, test: 0.25 },
          { class: 'dog', validation: 0.5, test: 0.75 },
        ],
        test_accuracy_at_validation_shares: { value: honest + 0.05 },
        effect,
      },
      missing: null,
    },
    shift: { figures: null, missing: 'nobody looked' },
    grouped: true,
    unit: 'photograph',
  } as unknown as ExplainInput;
  return explanationSentences(
    input,
    [
      { part: 'leakage', value: 0, ci95: [0, 0], missing: null },
      { part: 'selection', ...(selection ?? { value: 0, ci95: [0, 0] }), missing: null },
      { part: 'rest', value: 0.05, ci95: [-0.1, 0.2], missing: null },
      { part: 'test_leakage', value: honest - 0.6, ci95: null, missing: null },
    ],
    null,
  ).join('\n');
}

describe('what choosing the best of several trials does', () => {
  it('gives no reason for doing nothing: trials that are right on the same images are none ahead of another', () => {
    const said = told({ selection: { value: 0, ci95: [0, 0] } });
    expect(said).toContain(
      'none to speak of. The best of 3 trials was chosen on these validation images, but',
    );
    expect(said).not.toContain('ahead');
  });

  it.each<[number, [number, number], string]>([
    [0.05, [0.01, 0.09], 'and that makes it look better than it is.'],
    [0.19, [-0.27, 0.66], 'which may make it look better than it is, but how much better cannot be told'],
    [-0.02, [-0.05, 0.01], 'but that does not flatter it.'],
  ])('is as sure as its interval: %d, %j', (value, ci95, words) => {
    expect(told({ selection: { value, ci95 } })).toContain(`chosen on these validation images, ${words}`);
  });
});

describe('copies in test', () => {
  it('that do not flatter are not said to flatter in the end', () => {
    const said = told({ copies: 20, honest: 0.62 });
    expect(said).toContain('the copies do not flatter it here');
    expect(said).toContain('The test accuracy is not honest as long as copies are in the test set');
    expect(said.match(/flatter/g)).toHaveLength(1);
  });

  it('are not among the test images whose shares are told', () => {
    expect(told({})).toContain('cat is 50.0 % of the validation images and 25.0 % of the test images,');
    expect(told({ copies: 20 })).toContain(
      'cat is 50.0 % of the validation images and 25.0 % of the test images without a twin,',
    );
  });

  it('nor are the shares of splits without copies those of the run', () => {
    expect(told({ retrained: true })).toContain('cat is 50.0 % of the validation images of those splits and');
  });
});

it('scenes that are in training and in test are told', () => {
  expect(told({ scenes: 2 })).toContain(
    'Scenes: 4 test images of 2 scenes show what training images show, copies of one photograph among them.',
  );
  expect(told({})).not.toContain('Scenes:');
});
