import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { shellWord } from '../src/index.ts';

it.each([
  ['split.strategy=grouped', 'split.strategy=grouped'],
  ['redis://user@host:6379/1', 'redis://user@host:6379/1'],
  ['a b', "'a b'"],
  ['parameters.split.values=[{strategy: grouped}]', "'parameters.split.values=[{strategy: grouped}]'"],
  ['it\'s $HOME `x` "y" \\ !', String.raw`'it'\''s $HOME ` + '`x` "y" \\ !\''],
  ['~', "'~'"],
  ['=ls', "'=ls'"],
  ['', "''"],
])('%j is one word of a command: %s', (text, word) => {
  expect(shellWord(text)).toBe(word);
  expect(execFileSync('sh', ['-c', `printf %s ${word}`], { encoding: 'utf8' })).toBe(text);
});
