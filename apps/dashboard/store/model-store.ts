import { openModelStore, type ModelStore } from '@thaw/tracking';
import { runsDir } from './runs-dir.ts';

/** The promoted models, in the folder that the server was started with. */
export function modelStore(): ModelStore {
  return openModelStore(runsDir());
}
