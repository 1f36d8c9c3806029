import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFolderAtomic, percent } from '@thaw/base';
import { drawContactSheet } from '@thaw/data';
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
    const images = twins.flatMap(({ label, training, validation }) => [
      {
        path: training.path,
        caption: [label, 'training', baseName(training.file)],
        color: colours.part.light,
      },
      {
        path: validation.path,
        caption: [label, 'validation', baseName(validation.file)],
        color: colours.validation.light,
      },
    ]);
    const rows = inRows(images, 8).map((row) => ({ title: '', images: row }));
    sheets['twins.png'] = await drawContactSheet(
      `The same ${document.unit} in training and in validation, pair by pair`,
      rows,
    );
  }
  return sheets;
}

function inRows<T>(items: readonly T[], length: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / length) }, (_, i) =>
    items.slice(i * length, (i + 1) * length),
  );
}

function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
