import { shellWord } from '@thaw/base';

/** A command for users to copy, with the runs folder where it is not the usual one. */
export function commandHint(command: string, runsDir: string): string {
  if (runsDir === 'runs') return `npx nx run ${command}`;
  return `npx nx run ${command} --runs-dir ${shellWord(runsDir)}`;
}
