import { randomInt } from 'node:crypto';

const adjectives = ['amber', 'bold', 'calm', 'clear', 'eager', 'fair', 'gentle', 'keen', 'mild', 'swift'];
const nouns = ['brook', 'cloud', 'crane', 'field', 'finch', 'grove', 'otter', 'river', 'stone', 'wren'];

/** A name for a run whose client gives none: words and a number, as MLflow's. */
export function inventedName(): string {
  const pick = (words: readonly string[]) => words[randomInt(words.length)]!;
  return `${pick(adjectives)}-${pick(nouns)}-${randomInt(1000)}`;
}
