import type { Note } from '@thaw/base';
import { chooseEngine, createEngine, engineNames, type Engine } from '@thaw/compute';

/**
 * The engine of this name, or for any other the one that `auto` means on this machine; `onNotice` hears what a user should know
 * about the choice.
 */
export async function openEngine(name: unknown, onNotice: Note): Promise<Engine> {
  const { engine, notice } = await chooseEngine(engineNames.find((each) => each === name) ?? 'auto');
  if (notice !== null) onNotice(notice.message, notice.remedy);
  return createEngine(engine);
}
