import { Mistake } from './json-mistake.ts';

/** The probability of the second class, by what an image has beside its predicted class. */
type Reading = (value: number, predicted: string) => number;

/**
 * The probabilities of two classes, from one number an image: that of the second class. Where the predicted classes (one an image, empty
 * where it is not known) do not go with that, it is that of the predicted class, or of the first. Throws a Mistake with the image
 * that goes with no reading of all.
 */
export function ofTwoClasses(
  values: readonly number[],
  predicted: readonly string[],
  classes: readonly string[],
): number[][] {
  const [first, second] = classes;
  const ofSecond: Reading = (value) => value;
  const ofPredicted: Reading = (value, name) => (name === first ? 1 - value : value);
  const ofFirst: Reading = (value) => 1 - value;
  const unknown = predicted.indexOf('');
  const tried = (unknown < 0 ? [ofSecond, ofPredicted, ofFirst] : [ofSecond]).map((reading) => {
    const seconds = values.map((value, i) => reading(value, predicted[i]!));
    const goesWith = (value: number, name: string) =>
      name === '' || (name === first ? value <= 0.5 : value >= 0.5);
    return { seconds, unfit: seconds.flatMap((value, i) => (goesWith(value, predicted[i]!) ? [] : [i])) };
  });
  const { seconds, unfit } = tried.sort((a, b) => a.unfit.length - b.unfit.length)[0]!;
  const [at] = unfit;
  if (at === undefined) return seconds.map((value) => [1 - value, value]);
  if (unknown >= 0) throw new Mistake(['predicted', unknown], `found ""; allowed: ${classes.join(', ')}`);
  throw new Mistake(
    ['predicted', at],
    `found ${JSON.stringify(predicted[at])} beside the probability ${values[at]}; allowed: in all rows that of ${second}, of ${first}, or of the predicted class`,
  );
}
