import {
  describedDistributions,
  describedProgram,
  describedRules,
  describedSearch,
  describedSettings,
  type DescribedChoice,
  type DescribedSetting,
} from '@thaw/experiment';
import { cell, marksOf, table, withinMarks } from './markdown.ts';

/**
 * docs/reference/settings.md with its tables made anew. `<!-- settings: split -->` has the settings below `split`; a mark may name
 * several paths, and a setting stands at the mark that names most of its path. Throws RangeError for a setting that no mark names.
 */
export function settingsPage(page: string): string {
  const marks = marksOf(page, 'settings');
  const markOf = new Map(describedSettings().map((setting) => [setting, nearestMark(setting, marks)]));
  const withSettings = marks.reduce((text, mark) => {
    const settings = [...markOf].filter(([, own]) => own === mark).map(([setting]) => setting);
    return withinMarks(text, `settings: ${mark}`, settingsTable(settings));
  }, page);
  const others = {
    search: settingsTable(describedSearch()),
    program: settingsTable(describedProgram()),
    early_terminate: choicesTable(describedRules()),
    distributions: choicesTable(describedDistributions()),
  };
  return Object.entries(others).reduce((text, [name, made]) => withinMarks(text, name, made), withSettings);
}

function nearestMark({ path }: DescribedSetting, marks: readonly string[]): string {
  const naming = marks.flatMap((mark) =>
    mark
      .split(' ')
      .filter((name) => path === name || path.startsWith(`${name}.`))
      .map((name) => ({ mark, length: name.length })),
  );
  const nearest = naming.sort((a, b) => b.length - a.length)[0];
  if (nearest === undefined)
    throw new RangeError(`no mark <!-- settings: ... --> of the page is for ${path}`);
  return nearest.mark;
}

function settingsTable(settings: readonly DescribedSetting[]): string {
  const rows = settings.map((setting) => [
    `\`${setting.path}\``,
    cell(setting.allowed),
    setting.usual === undefined ? 'none' : code(setting.usual),
    setting.example === undefined ? '' : code(setting.example),
    cell([setting.means, readWith(setting)].join(' ').trim()),
  ]);
  return table(['setting', 'allowed', 'default', 'example', 'meaning'], rows);
}

function readWith({ readWith }: DescribedSetting): string {
  const conditions = Object.entries(readWith).map(([other, values]) => `\`${other}\`: ${values}`);
  return conditions.length === 0 ? '' : `Read only with ${conditions.join(' and ')}.`;
}

function choicesTable(choices: readonly DescribedChoice[]): string {
  const rows = choices.map(({ name, means, keys }) => [
    `\`${name}\``,
    cell(means),
    keys.map(keyText).join('<br>'),
  ]);
  return table(['name', 'meaning', 'keys (default)'], rows);
}

function code(value: unknown): string {
  return cell(`\`${inYaml(value)}\``);
}

function keyText({ path, usual, means }: DescribedSetting): string {
  return `\`${path}\`${usual === undefined ? '' : ` (${code(usual)})`}: ${cell(means)}`;
}

/** A value as a file has it. */
function inYaml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inYaml).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, inner]) => `${key}: ${inYaml(inner)}`);
    return `{${entries.join(', ')}}`;
  }
  const text = String(value);
  // JavaScript writes 0.00001 as 1e-5.
  return typeof value === 'number' && text.includes('e-') ? value.toFixed(Number(text.split('e-')[1])) : text;
}
