import type { RunRow, Value } from '@thaw/tracking';

/** Comma-separated values (RFC 4180) with a line of names. */
export function toCsv(rows: readonly RunRow[], columns: readonly string[]): string {
  const lines = [
    columns.map(csvField),
    ...rows.map((row) => columns.map((name) => csvField(row[name] ?? null))),
  ];
  return lines.map((fields) => `${fields.join(',')}\r\n`).join('');
}

export function toJson(rows: readonly RunRow[], columns: readonly string[]): string {
  const chosen = rows.map((row) => Object.fromEntries(columns.map((name) => [name, row[name] ?? null])));
  return `${JSON.stringify(chosen, null, 2)}\n`;
}

function csvField(value: Value): string {
  if (value === null) return '';
  let text = typeof value === 'object' ? value.join(' ') : String(value);
  // A spreadsheet would run a text that begins so as a formula.
  if (typeof value !== 'number' && /^[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
