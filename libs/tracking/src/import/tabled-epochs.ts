import { UserError } from '@thaw/base';
import { cellNumber, isIndex, type Table } from './table.ts';
import { epochOf } from './epoch-of.ts';
import { figuresOf } from './figures-of.ts';
import { someResults, type Results } from './results.ts';

/** Whether a table has an epoch a line: that of Keras's CSVLogger, or pandas's of `History.history`, with epochs in a column or without. */
export function isTabledEpochs({ columns }: Table): boolean {
  return columns[0] === 'epoch' || columns.includes('loss');
}

/**
 * The file of Keras's CSVLogger: an epoch a line, figures by name. With `append=True` a further fit counts its epochs from 0 again,
 * and here they go on; a fit that had other figures writes them under the wrong names, which shows where their number differs.
 */
export function readTabledEpochs({ columns, rows }: Table, file: string): Results {
  if (rows.length === 0) throw new UserError(`${file}: found no epoch; allowed: a line for each`);
  const epochs = rows.map(({ place, values }, i) => {
    const figures = columns.flatMap((name, column) => {
      if (name === 'epoch' || isIndex(name)) return [];
      const text = values[column]!;
      const value = cellNumber(text) ?? listOf(text);
      if (value === null)
        throw new UserError(
          `${file}, ${place}: ${name}: found ${JSON.stringify(text)}; allowed: a number, or NA`,
        );
      return figuresOf(name, value);
    });
    return epochOf(i + 1, Object.fromEntries(figures));
  });
  return someResults({ program: 'Keras', epochs });
}

/** The numbers of `[0.5, 1.0]`, as CSVLogger (in quotes) and pandas write what a metric says of each class; null of another text. */
function listOf(text: string): readonly number[] | null {
  const [, inside] = /^"?\[(.*)\]"?$/s.exec(text.trim()) ?? [];
  const numbers = inside
    ?.split(/[\s,]+/)
    .filter((each) => each !== '')
    .map(cellNumber);
  return numbers?.every((each) => each !== null) ? numbers : null;
}
