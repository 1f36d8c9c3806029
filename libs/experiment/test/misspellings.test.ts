import { UserError } from '@thaw/base';
import fc from 'fast-check';
import { distance } from 'fastest-levenshtein';
import { expect, test } from 'vitest';
import { readExperiment } from '../src/index.ts';
import { alternatives, pathsBelow, schemasAt } from '../src/messages/json-schema.ts';
import { fileJsonSchema } from '../src/experiment-file.ts';
import { settingsJsonSchema } from '../src/checks/check-settings.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz_';

/** One letter left out, put in or changed. */
function edited(word: string): fc.Arbitrary<string> {
  const at = fc.nat(word.length - 1);
  const letter = fc.constantFrom(...letters);
  return fc.oneof(
    at.map((index) => word.slice(0, index) + word.slice(index + 1)),
    fc.tuple(at, letter).map(([index, put]) => word.slice(0, index) + put + word.slice(index)),
    fc.tuple(at, letter).map(([index, put]) => word.slice(0, index) + put + word.slice(index + 1)),
  );
}

/** Whether only one of the known words can have been meant by a word with one slip: `manimize` can be two. */
function oneMeaning(wrong: string, known: string[]): boolean {
  return new Set(known.filter((word) => distance(wrong, word) <= 1)).size === 1 && !known.includes(wrong);
}

function errorOf(text: string): string {
  try {
    readExperiment(text, 'e.yaml');
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return (error as Error).message;
  }
  return '';
}

const known = pathsBelow(fileJsonSchema());
const siblings = (path: string[]) =>
  known
    .filter((other) => other.length === path.length && other.slice(0, -1).join() === path.slice(0, -1).join())
    .map((other) => other.at(-1)!);
const misspeltKey = fc
  .constantFrom(...known)
  .chain((path) => edited(path.at(-1)!).map((wrong) => ({ path, wrong })))
  .filter(({ path, wrong }) => wrong !== '' && oneMeaning(wrong, siblings(path)));

test('any key with one slip is reported with the key that was meant', () => {
  fc.assert(
    fc.property(misspeltKey, ({ path, wrong }) => {
      const sections = path.slice(0, -1);
      const open = sections.map((section, depth) => `${'  '.repeat(depth)}${section}:\n`).join('');
      const message = errorOf(`${open}${'  '.repeat(sections.length)}${wrong}: 1\n`);
      const line = message.split('\n').find((each) => each.includes('unknown key'));
      const place = `e.yaml:${String(path.length)}: ${[...sections, wrong].join('.')}: `;
      expect(line?.startsWith(place)).toBe(true);
      expect(line?.endsWith(`; did you mean ${path.at(-1)!}?`)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

const settings = pathsBelow(settingsJsonSchema()).map((path) => path.join('.'));

test('any parameter with one slip is reported with the setting that was meant', () => {
  const misspelt = fc
    .constantFrom(...settings)
    .chain((path) => edited(path).map((wrong) => ({ path, wrong })))
    .filter(
      ({ path, wrong }) =>
        oneMeaning(wrong, settings) &&
        wrong.split('.').length === path.split('.').length &&
        !wrong.split('.').includes(''),
    );
  fc.assert(
    fc.property(misspelt, ({ path, wrong }) => {
      const message = errorOf(`parameters:\n  ${wrong}: {values: [1]}\n`);
      expect(message.startsWith(`e.yaml:2: parameters.${wrong}: found an unknown setting`)).toBe(true);
      expect(message.endsWith(`; did you mean ${path}?`)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

const choices = known.flatMap((path) =>
  schemasAt(fileJsonSchema(), path)
    .flatMap(alternatives)
    .flatMap((schema) => schema.enum ?? [])
    .map((choice) => ({ path, choice: String(choice) })),
);

test('any choice with one slip is reported with the choice that was meant', () => {
  const misspelt = fc
    .constantFrom(...choices)
    .chain(({ path, choice }) => edited(choice).map((wrong) => ({ path, choice, wrong })))
    .filter(({ path, wrong }) =>
      oneMeaning(
        wrong,
        choices.filter((other) => other.path.join() === path.join()).map((other) => other.choice),
      ),
    );
  fc.assert(
    fc.property(misspelt, ({ path, choice, wrong }) => {
      const value = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), wrong);
      const isOfFiles = path[1] === 'layout' || path[1] === 'classes';
      const beside = isOfFiles ? { dataset: { path: '.', [path[1]!]: wrong } } : value;
      const message = errorOf(JSON.stringify(beside));
      expect(message).toMatch(new RegExp(`^e\\.yaml:1: ${path.join('\\.')}: found ${JSON.stringify(wrong)}`));
      expect(message.endsWith(`; did you mean ${choice}?`)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
