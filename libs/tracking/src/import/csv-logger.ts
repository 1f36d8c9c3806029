import { UserError } from '@thaw/base';
import { epochOf } from './epoch-of.ts';
import { csvNumber, type CsvTable } from './csv-table.ts';
import { someResults, type Results } from './results.ts';

/**
 * The file of Keras's CSVLogger: an epoch a line, figures by name. With `append=True` a further fit counts its epochs from 0 again,
 * and here they go on; a fit that had other figures writes them under the wrong names, which shows where their number differs.
 */
export function readCsvLogger({ columns, rows }: CsvTable, file: string): Results {
  if (rows.length === 0) throw new UserError(`${file}: found no epoch; allowed: a line for each`);
  const names = columns.filter((name) => name !== 'epoch');
  const epochs = rows.map(({ line, values }, i) => {
    const figures = names.map((name) => {
      const text = values[columns.indexOf(name)]!;
      const value = csvNumber(text);
      if (value === null)
        throw new UserError(
          `${file}, line ${line}: ${name}: found ${JSON.stringify(text)}; allowed: a number, or NA`,
        );
      return [name, value] as const;
    });
    return epochOf(i + 1, Object.fromEntries(figures));
  });
  return someResults({ program: 'Keras', epochs });
}
