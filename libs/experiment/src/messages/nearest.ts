import { distance } from 'fastest-levenshtein';

/** A word that starts like a known one (`rotation` for `rotation_range`) counts as nearer than two slips. */
const BEGINNING = 1.5;

/** Edits that still are one slip: a letter too many, too few or wrong, or a word broken off. */
export const ONE_SLIP = BEGINNING;

/**
 * The known word that was probably meant by `word`: the one with the fewest edits (Levenshtein), upper and lower case alike.
 * Null when none is within `furthest` edits: two, or a third of a long word.
 */
export function nearest(
  word: string,
  known: readonly string[],
  furthest = Math.max(2, Math.floor(word.length / 3)),
): string | null {
  let best: string | null = null;
  let least = Infinity;
  for (const candidate of known) {
    const edits = editsBetween(word.toLowerCase(), candidate.toLowerCase());
    if (edits < least && edits <= furthest && edits < candidate.length) {
      best = candidate;
      least = edits;
    }
  }
  return best;
}

/** The end of a message that suggests a word; nothing when there is none. */
export function didYouMean(word: string | null): string {
  return word === null ? '' : `; did you mean ${word}?`;
}

/** What is said of a word that is none of the known ones, with the nearest of these; `spelt` writes either as it is typed. */
export function unknownName(
  what: string,
  word: string,
  known: readonly string[],
  spelt = (name: string) => name,
): string {
  const near = nearest(word, known);
  return `unknown ${what} ${spelt(word)}${didYouMean(near && spelt(near))}`;
}

/** What parts words is easily left out or taken for another: `block14` is nearer to `block_14` than to `block_4`. */
const PARTING = 0.5;

function editsBetween(word: string, candidate: string): number {
  const letters = (text: string) => text.replace(/[\s._-]/g, '');
  if (word !== candidate && letters(word) !== '' && letters(word) === letters(candidate)) return PARTING;
  const edits = distance(word, candidate);
  return word.length >= 3 && candidate.startsWith(word) ? Math.min(edits, BEGINNING) : edits;
}
