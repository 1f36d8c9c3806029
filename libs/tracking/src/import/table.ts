/** What programs keep as a table, in a CSV or in one of the layouts of pandas's JSON: texts, as a CSV has them. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  /** Where it stands in the file, from 1: `line 3`, or `row 2` of JSON. */
  readonly place: string;
  readonly values: readonly string[];
}

/** Whether a column of this name is the index of pandas, which counts the rows. */
export function isIndex(name: string): boolean {
  return name === '' || /^Unnamed: \d+$/.test(name);
}

/** A number of a table; NaN for what stands for none. Null for another text. */
export function cellNumber(text: string): number | null {
  const word = text.trim();
  if (/^(|na|nan|none|null|n\/a)$/i.test(word)) return Number.NaN;
  const infinite = /^([+-]?)inf(inity)?$/i.exec(word);
  if (infinite) return infinite[1] === '-' ? -Infinity : Infinity;
  const value = Number(word);
  return Number.isNaN(value) ? null : value;
}
