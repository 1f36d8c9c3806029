import { expect, it } from 'vitest';
import { ensembleWords, refitWords } from '../src/promote/fold-words.ts';

const of = { folds: 5 };
const ofBoth = { folds: 5, repeats: 2 };

it('says of how many folds and repeats the networks are, and whose the validation figures', () => {
  const refit = (split: object) => refitWords(split, { images: 1200, epochs: 7, sealed: true });
  expect(refit(of)).toMatch(
    /7 epochs, the median of 5 folds; .* those of the folds' networks, each of images/,
  );
  expect(refit(ofBoth)).toMatch(
    /the median of 5 folds × 2 repeats; .* those of the mean of the 2 networks that had not seen the image\.$/,
  );
  const ensemble = (split: object) => ensembleWords(split, { isShared: false, sealed: true });
  expect(ensemble(of)).toMatch(/of 5 folds' networks, .* those of single networks, each of images/);
  expect(ensemble(ofBoth)).toMatch(
    /of the 10 networks of 5 folds × 2 repeats, .* those of the mean of the 2 networks that had not seen the image\./,
  );
});
