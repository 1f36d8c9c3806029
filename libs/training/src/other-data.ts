import { UserError } from '@thaw/base';
import type { Dataset } from '@thaw/data';

/** The data set or the weights here are not those of a trial. */
export class OtherData extends UserError {}

/** Loads a data set that must have this fingerprint; any will do when it is left out. Throws OtherData. */
export async function expectData(
  fingerprint: string | undefined,
  load: () => Promise<Dataset>,
): Promise<Dataset> {
  if (fingerprint === undefined) return load();
  const dataset = await load().catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    throw new OtherData(`the sweep's data set cannot be read here: ${error.message}`, {
      kind: error.kind,
      cause: error,
    });
  });
  if (dataset.fingerprint === fingerprint) return dataset;
  const { train, validation, test } = dataset;
  throw new OtherData(
    `the data set here differs from the sweep's: ${train.length} training, ${validation.length} validation and ` +
      `${test.length} test images with the fingerprint ${dataset.fingerprint.slice(0, 12)}, not ${fingerprint.slice(0, 12)}`,
    { kind: 'conflict' },
  );
}
