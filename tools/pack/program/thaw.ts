#!/usr/bin/env node
/** The program of the package: the command line, and the dashboard by a command's name. */
import module from 'node:module';
import { setFlagsFromString } from 'node:v8';

// From Node 22.1 on, what has been compiled once is kept in a folder of temporary files.
(module as { enableCompileCache?: () => void }).enableCompileCache?.();

const [, , command] = process.argv;
if (command === 'dashboard') {
  process.argv.splice(2, 1);
  // Its index of runs is kept small enough for this, see apps/dashboard/bench.
  setFlagsFromString('--max-old-space-size=1536');
  await import('../../../apps/dashboard/server/main.ts');
} else {
  await import('../../../apps/cli/src/main.ts');
}
