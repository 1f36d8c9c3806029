import type { JsonSchema } from '../messages/json-schema.ts';
import { alternatives, canBeGivenInParts, keysOf, pathsBelow, schemasAt } from '../messages/json-schema.ts';
import { kerasWord } from '../messages/keras-words.ts';
import { didYouMean, nearest, ONE_SLIP } from '../messages/nearest.ts';
import { dotted } from '../messages/problem.ts';
import { settingNamed } from '../messages/unknown-key.ts';

/**
 * Why a path cannot be a parameter: no setting has it, or it names a section whose settings vary one by one. Null when it can.
 * Settings that are a word or a section (`augmentation`, `training.early_stopping`) may vary as a whole.
 */
export function parameterPathProblem(root: JsonSchema, path: readonly string[]): string | null {
  const schemas = schemasAt(root, path);
  if (schemas.length === 0) return unknownSetting(root, path);
  if (!schemas.every(isSection)) return null;
  const settings = schemas.flatMap(keysOf).map((key) => dotted([...path, key]));
  return `found a section; allowed: its settings, each by its path: ${settings.join(', ')}`;
}

function isSection(schema: JsonSchema): boolean {
  const options = alternatives(schema);
  return options.some(canBeGivenInParts) && options.every(({ type }) => type === 'object');
}

function unknownSetting(root: JsonSchema, path: readonly string[]): string {
  const name = dotted(path);
  const known = pathsBelow(root).map(dotted);
  const meant =
    nearest(name, known, ONE_SLIP) ?? settingNamed(root, path.at(-1) ?? '') ?? nearest(name, known);
  const [section = ''] = path;
  const near = known.filter((setting) => setting.startsWith(`${section}.`));
  const allowed = near.length > 0 ? near : keysOf(root).map((key) => `${key}...`);
  return (
    kerasWord(path.at(-1) ?? '', allowed) ??
    `found an unknown setting; allowed: ${allowed.join(', ')}${didYouMean(meant)}`
  );
}
