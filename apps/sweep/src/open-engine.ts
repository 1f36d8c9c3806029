import { chooseEngine, createEngine, engineNames, type Engine } from '@thaw/compute';

/** The engine of this name, or for any other the one that `auto` means on this machine. */
export async function openEngine(name: unknown): Promise<Engine> {
  const { engine, notice } = await chooseEngine(engineNames.find((each) => each === name) ?? 'auto');
  if (notice !== null) process.stderr.write(`${notice}\n`);
  return createEngine(engine);
}
