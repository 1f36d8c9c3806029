import { openModelStore, modelDocument } from '@thaw/tracking';
import { checkOutputFile, writeDocument } from '../report/output-file.ts';
import { commandHint } from '../report/command-hint.ts';
import { tellDamaged } from '../report/tell-damaged.ts';
import { terminalWidth } from '../report/terminal-width.ts';
import { modelList } from './model-list.ts';

export interface ListModelsOptions {
  readonly runsDir: string;
  /** One model; all when null. */
  readonly model: string | null;
  readonly output: string | null;
}

/** Prints every version of one model or of all; what is damaged is named on standard error and the others shown. */
export async function listModels({ runsDir, model, output }: ListModelsOptions): Promise<void> {
  if (output !== null) await checkOutputFile(output);
  const store = openModelStore(runsDir);
  const models = model === null ? await store.all() : [await store.model(model)];
  tellDamaged(models.flatMap(({ damaged }) => damaged));
  if (output !== null) await writeDocument(output, models.map(modelDocument));
  if (models.length === 0) {
    process.stdout.write(
      `There are no models in ${runsDir} yet. To make one: ${commandHint('promote --sweep latest --name MODEL', runsDir)}\n`,
    );
    return;
  }
  const table = modelList(models, { now: new Date(), columns: terminalWidth(process.stdout) });
  process.stdout.write(`${table}\n`);
}
