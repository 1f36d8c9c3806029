/** What programs keep as a table, in a CSV or in one of the layouts of pandas's JSON: texts, as a CSV has them. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
  /** Whether the text ends without a line end, so that the last value may have been cut. Left out for JSON, which shows that itself. */
  readonly isOpen?: boolean;
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

/**
 * A time of a table in ms since 1970; null for a text that is none. Without a zone, as pandas writes local time, it is taken for UTC. In
 * JSON of pandas it is a number since 1970 that shows its unit by its length: seconds have 10 digits until 2286, and ms, us and ns 3, 6
 * and 9 more.
 */
export function cellTime(text: string): number | null {
  if (/^\d{10,19}$/.test(text)) {
    const unit = Math.floor((text.length - 10) / 3);
    return Math.round((Number(text) / 1000 ** unit) * 1000);
  }
  const zone = /(Z|[+-]\d\d:?\d\d)$/.test(text) ? '' : 'Z';
  const time = Date.parse(`${text.replace(' ', 'T').replace(/(\.\d{3})\d+/, '$1')}${zone}`);
  return Number.isNaN(time) ? null : time;
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
