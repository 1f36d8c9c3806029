import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFolderAtomic, percent } from '@thaw/base';
import { drawContactSheet, type SheetRow } from '@thaw/data';
import type { TwinPicture } from './pictures.ts';
import { colours } from './figures/theme.ts';
import type { ReportPageInput } from './page/report-page.ts';
import { reportPage } from './page/report-page.ts';

/** Writes report, figures, contact sheets and document into `folder`, all of them or none; what stood there gives way. */
export async function writeFigures(folder: string, input: ReportPageInput): Promise<void> {
  const { document, figures } = input;
  const sheets = await contactSheets(input);
  const files: Record<string, string | Buffer> = {
    'report.html': reportPage(input),
    'gap.json': `${JSON.stringify(document, null, 2)}\n`,
    'explanation.svg': figures.explanation,
    'classes.svg': figures.classes,
    'confusion.svg': figures.confusions,
    'reliability.svg': figures.reliability,
    ...sheets,
  };
  await replaceFolderAtomic(folder, async (temporary) => {
    for (const [name, content] of Object.entries(files)) await writeFile(join(temporary, name), content);
  });
}

async function contactSheets({
  mistakes,
  twins,
  testTwins,
  document,
}: ReportPageInput): Promise<Record<string, Buffer>> {
  const sheets: Record<string, Buffer> = {};
  if (mistakes.length > 0) {
    const images = mistakes.map(({ path, label, predicted, probability, file }) => ({
      path,
      caption: [label, `taken for ${predicted}`, `${percent(probability)} sure`, baseName(file)],
      color: colours.test.light,
    }));
    const rows = inRows(images, 6).map((row, i) => ({
      title: i === 0 ? 'The surest first' : '',
      images: row,
    }));
    sheets['mistakes.png'] = await drawContactSheet('The most confident mistakes on test images', rows);
  }
  if (twins.length > 0) {
    sheets['twins.png'] = await drawContactSheet(
      `The same ${document.unit} in training and in validation, pair by pair`,
      twinRows(twins, ['training', 'validation']),
    );
  }
  if (testTwins.length > 0) {
    sheets['test-twins.png'] = await drawContactSheet(
      `The same ${document.unit} in training or validation and in test, pair by pair`,
      twinRows(testTwins, ['known', 'test']),
    );
  }
  return sheets;
}

/** `sides` are what the first and the second of a pair are called. */
function twinRows(
  twins: readonly TwinPicture[],
  sides: readonly [string, 'validation' | 'test'],
): SheetRow[] {
  const images = twins.flatMap(({ label, known, measured }) => [
    {
      path: known.path,
      caption: [label, sides[0], baseName(known.file)],
      color: colours.part.light,
    },
    {
      path: measured.path,
      caption: [label, sides[1], baseName(measured.file)],
      color: colours[sides[1]].light,
    },
  ]);
  return inRows(images, 8).map((row) => ({ title: '', images: row }));
}

function inRows<T>(items: readonly T[], length: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / length) }, (_, i) =>
    items.slice(i * length, (i + 1) * length),
  );
}

function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
