import { createInterface } from 'node:readline/promises';
import { UserError } from '@thaw/base';

/** Whether the user says yes to what is about to be done to runs. A UserError where nobody can be asked. */
export async function agreed(what: 'delete' | 'remove for good', ids: readonly string[]): Promise<boolean> {
  const runs = ids.length === 1 ? 'this run' : `these ${ids.length} runs`;
  if (!process.stdin.isTTY) throw new UserError(`would ${what} ${runs}: ${ids.join(', ')}; to do so say --yes`);
  process.stderr.write(`${ids.join('\n')}\n`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${what[0]!.toUpperCase()}${what.slice(1)} ${runs}? [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}
