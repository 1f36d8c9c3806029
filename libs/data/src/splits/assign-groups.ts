import { resolve } from 'node:path';
import { UserError } from '@thaw/base';
import type { SplitSettings } from '@thaw/experiment';
import { readTable, type Table } from '../read-table.ts';

type GroupSettings = NonNullable<SplitSettings['groups']>;
/** What names the groups of files. */
export type NamedGroups = Exclude<GroupSettings, 'detect' | { detect: unknown }>;

/** Whether groups are named, and not looked for. */
export function namesGroups(groups: SplitSettings['groups']): groups is NamedGroups {
  return groups !== undefined && detectedUnit(groups) === null;
}

/** What images are looked at for: copies of one photograph, or views of one scene as well. Null where nobody is to look. */
export function detectedUnit(groups: SplitSettings['groups']): 'photograph' | 'scene' | null {
  if (groups === 'detect') return 'photograph';
  return groups !== undefined && 'detect' in groups ? groups.detect : null;
}

/**
 * The group of every file that has one, by name (relative to the data set's folder).
 *
 * From a csv: the first column, from left to right, in which at least one cell is the name of a file tells the file, and
 * `column` its group; rows of other files and empty groups do not count. From a pattern: a regular expression searched in
 * the name; the first capturing group, or without one the whole match, is the group.
 *
 * Throws a UserError for a table or pattern that cannot be used, or when one file has two groups.
 */
export async function assignGroups(
  names: readonly string[],
  settings: NamedGroups,
): Promise<Map<string, string>> {
  return 'pattern' in settings
    ? groupsByPattern(names, settings.pattern)
    : groupsByTable(names, settings.csv, settings.column);
}

function groupsByPattern(names: readonly string[], pattern: string): Map<string, string> {
  let expression: RegExp;
  try {
    expression = new RegExp(pattern, 'u');
  } catch (error) {
    throw new UserError(`split.groups.pattern: ${(error as Error).message}.`);
  }
  const groups = new Map<string, string>();
  for (const name of names) {
    const match = expression.exec(name);
    const group = match?.[1] ?? match?.[0];
    if (group) groups.set(name, group);
  }
  return groups;
}

async function groupsByTable(
  names: readonly string[],
  file: string,
  column: string,
): Promise<Map<string, string>> {
  const table = await readTable(resolve(file), 'split.groups.csv', [column]);
  const known = new Set(names);
  const nameColumn = columnOfNames(table, known, column);
  if (nameColumn === undefined) {
    throw new UserError(
      `split.groups.csv: no column of ${file} names a file of the data set, such as ${names[0] ?? 'TRAIN/CLASS/image.png'}; its columns are ${table.columns.join(', ')}.`,
    );
  }
  const groups = new Map<string, string>();
  for (const { line, values } of table.rows) {
    const name = asName(values[nameColumn]!);
    const group = values[column]!;
    if (!known.has(name) || group === '') continue;
    const before = groups.get(name);
    if (before !== undefined && before !== group) {
      throw new UserError(
        `split.groups.csv: ${file}, line ${line}: ${name} is in group ${group}, but an earlier line puts it in ${before}.`,
      );
    }
    groups.set(name, group);
  }
  return groups;
}

function columnOfNames(
  { columns, rows }: Table,
  names: ReadonlySet<string>,
  groupColumn: string,
): string | undefined {
  return columns.find(
    (column) => column !== groupColumn && rows.some(({ values }) => names.has(asName(values[column]!))),
  );
}

function asName(cell: string): string {
  return cell.replaceAll('\\', '/').replace(/^\.\//, '');
}
