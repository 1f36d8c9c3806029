import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { areLong, typedArguments } from '../src/long-arguments.ts';

it('takes arguments from a file once, so that a program started from there has its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'thaw-long-'));
  const file = join(folder, 'arguments.json');
  writeFileSync(file, JSON.stringify(['predict', 'a b']));
  const env: NodeJS.ProcessEnv = { THAW_ARGUMENTS: file };
  expect(typedArguments({ argv: ['node', 'thaw'], env })).toEqual(['predict', 'a b']);
  expect(typedArguments({ argv: ['node', 'thaw', 'log', 'x=1'], env })).toEqual(['log', 'x=1']);
  rmSync(folder, { recursive: true });
});

it('calls arguments long by their bytes', () => {
  expect(areLong(['node', 'thaw', 'predict', 'я'.repeat(4000)])).toBe(false);
  expect(areLong(['node', 'thaw', 'predict', 'я'.repeat(4100)])).toBe(true);
});
