/** A value of a CSV table; null and numbers that are not finite are written as nothing, a list as one field with commas between. */
export type CsvValue = string | number | boolean | null | readonly string[];

/**
 * Comma-separated values (RFC 4180): a line of names, then a line for each row, each ended by CR LF. A text that spreadsheets would
 * run as a formula gets an apostrophe before it, as OWASP advises; numbers, and texts that are one, stay as they are.
 */
export function csvText(names: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  return [names, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

function field(value: CsvValue): string {
  if (value === null || (typeof value === 'number' && !Number.isFinite(value))) return '';
  let text = typeof value === 'object' ? value.join(', ') : String(value);
  if (/^[=+\-@\t\r\n＝＋－＠]/.test(text) && Number.isNaN(Number(text))) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
