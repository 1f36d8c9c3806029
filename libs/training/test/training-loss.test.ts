import { tensor } from '@thaw/compute';
import { describe, expect, it } from 'vitest';
import { TrainingLoss } from '../src/training-loss.ts';

const classes = ['CAT', 'DOG', 'EMU', 'constructor'];
const imagesOf = (...labels: number[]) => labels.map((label) => ({ label }));
const data = { classes, train: imagesOf(0, 0, 0, 0, 0, 1, 1, 2, 2, 3) };
const probabilities = tensor([2, 4], Float32Array.of(0.5, 0.25, 0.125, 0.125, 0.25, 0.5, 0.125, 0.125));

describe('what training minimises', () => {
  it('is the mean negative logarithm of the true class', () => {
    const loss = new TrainingLoss({}, data);
    expect(loss.of(loss.labels(imagesOf(0, 2)), probabilities)).toBeCloseTo(
      (Math.log(2) + Math.log(8)) / 2,
      12,
    );
    expect(loss.weights(loss.labels(imagesOf(0, 2)))).toBeNull();
    expect([...loss.labels(imagesOf(1)).data]).toEqual([0, 1, 0, 0]);
    expect(loss.of(loss.labels(imagesOf(0)), tensor([1, 4], Float32Array.of(0, 1, 0, 0)))).toBeCloseTo(
      103.28,
      2,
    );
  });

  it('smooths labels as Keras does: a share to all classes, the true one included', () => {
    const loss = new TrainingLoss({ label_smoothing: 0.2 }, data);
    const expected = [0.05, 0.85, 0.05, 0.05];
    loss.labels(imagesOf(1)).data.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 6);
    });
    const byHand = 0.85 * Math.log(2) + 0.05 * Math.log(4) + 0.05 * 2 * Math.log(8);
    expect(loss.of(loss.labels(imagesOf(0)), tensor([1, 4], probabilities.data.slice(0, 4)))).toBeCloseTo(
      byHand,
      6,
    );
  });

  it("multiplies by the class's weight and divides by the images, not by their weights; classes left out weigh 1", () => {
    const loss = new TrainingLoss({ class_weight: { CAT: 3, EMU: 0 } }, data);
    expect([...loss.weights(loss.labels(imagesOf(0, 1, 2, 3)))!]).toEqual([3, 1, 0, 1]);
    expect(loss.of(loss.labels(imagesOf(0, 2)), probabilities)).toBeCloseTo((3 * Math.log(2)) / 2, 12);
  });

  it('balances classes as scikit-learn does: 10 images over 4 classes times the images of the class', () => {
    const loss = new TrainingLoss({ class_weight: 'balanced' }, data);
    expect([...loss.weights(loss.labels(imagesOf(0, 1, 2, 3)))!]).toEqual([0.5, 1.25, 1.25, 2.5]);
  });

  it('refuses a weight of a class that is not there, with the nearest name, and weights that are all 0', () => {
    expect(() => new TrainingLoss({ class_weight: { DOG: 2, EMUS: 2 } }, data)).toThrow(
      'training.class_weight.EMUS: found a class that the images do not have; allowed: CAT, DOG, EMU, constructor; did you mean EMU?',
    );
    expect(() => new TrainingLoss({ class_weight: { toString: 2 } }, data)).toThrow('class_weight.toString');
    const nothing = { CAT: 0, DOG: 0, EMU: 0, constructor: 0 };
    expect(() => new TrainingLoss({ class_weight: nothing }, data)).toThrow(
      'training.class_weight.CAT: found 0, as for every class, which leaves nothing to learn; allowed: above 0 for one class at least',
    );
    const usual = new TrainingLoss({ class_weight: {} }, data);
    expect(usual.weights(usual.labels(imagesOf(3)))).toEqual(new Float32Array([1]));
  });
});
