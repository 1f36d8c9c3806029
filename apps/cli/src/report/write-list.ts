import { jsonText, writeFileAtomic } from '@thaw/base';
import type { ListFormat } from '../commands/format-option.ts';

/** A list in the formats that it may be printed in. */
export interface PrintableList {
  readonly document: readonly unknown[];
  readonly csv: () => string;
  readonly table: () => string;
}

/** Prints a list in a format, and writes it to a file: CSV where that is the format, otherwise JSON. */
export async function writeList(
  { document, csv, table }: PrintableList,
  { format, output }: { readonly format: ListFormat; readonly output: string | null },
): Promise<void> {
  const json = () => `${jsonText(document, 2)}\n`;
  if (output !== null) await writeFileAtomic(output, format === 'csv' ? csv() : json());
  const text = { table: () => `${table()}\n`, json, csv };
  process.stdout.write(text[format]());
}
