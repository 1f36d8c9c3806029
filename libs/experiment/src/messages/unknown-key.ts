import type { JsonSchema } from './json-schema.ts';
import { alternatives, isMapping, keysOf, meantAlternative, pathsBelow, schemasAt } from './json-schema.ts';
import { kerasWord } from './keras-words.ts';
import { didYouMean, nearest, ONE_SLIP } from './nearest.ts';
import { dotted } from './problem.ts';

/**
 * What to say about a key that its section does not know: its place if it stands elsewhere, or the nearest name.
 * `root` is the schema of the whole file, `section` the path of the section, `value` what the section holds.
 */
export function unknownKey(
  root: JsonSchema,
  section: readonly string[],
  key: string,
  value: unknown,
): string {
  const options = schemasAt(root, section).flatMap(alternatives);
  const meant = options[meantAlternative(options, value)] ?? {};
  const allowed = keysOf(meant);
  const known = [...new Set(options.flatMap(keysOf))];
  if (known.includes(key)) {
    const beside = isMapping(value)
      ? Object.keys(value).filter((other) => isOnlyIn(meant, options, other))
      : [];
    return `found a key that does not go with ${beside.join(', ')}; allowed: ${allowed.join(', ')}`;
  }
  const ofKeras = kerasWord(key, allowed);
  if (ofKeras !== null) return ofKeras;
  const suggestion = suggestKey(root, known, key);
  const ofAnother = suggestion !== null && known.includes(suggestion) && !allowed.includes(suggestion);
  const keys = (ofAnother ? known : allowed).join(', ');
  return `found an unknown key; allowed: ${keys}${didYouMean(suggestion === key ? nested(key) : suggestion)}`;
}

/** A path as sections have it; only parameters are named by dotted paths. */
function nested(path: string): string {
  const steps = path.split('.');
  return `${steps.join(': {')}: ...${'}'.repeat(steps.length - 1)}`;
}

/** The key of the section that is one slip away, else the path of a setting of this name in another section, else the nearest key. */
function suggestKey(root: JsonSchema, known: readonly string[], key: string): string | null {
  return nearest(key, known, ONE_SLIP) ?? settingNamed(root, key) ?? nearest(key, known);
}

/** Their settings leave a name that another has, too, to that one: `alpha` is the model's, `patience` that of early stopping. */
const yielding = ['learning_rate_schedule', 'warm_head', 'gradual_unfreezing', 'progressive_size'].map(
  (section) => `training.${section}.`,
);

/** The path of the one setting of this name, whatever its section; null when there is none or more than one. */
export function settingNamed(root: JsonSchema, name: string): string | null {
  const found = pathsBelow(root).filter((path) => dotted(path) === name || path.at(-1) === name);
  const named = [...new Set(found.map(dotted))];
  const outside = named.filter((path) => !yielding.some((section) => path.startsWith(section)));
  const paths = outside.length > 0 ? outside : named;
  return paths.length === 1 ? paths[0]! : null;
}

function isOnlyIn(meant: JsonSchema, options: readonly JsonSchema[], key: string): boolean {
  return options.every((option) => (option === meant) === keysOf(option).includes(key));
}
