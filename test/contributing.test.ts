import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');

/** The folders of a tree that is drawn by indentation. Several of a line stand beside each other: `src/a/ b/` is `src/a` and `src/b`. */
function foldersIn(tree: string): string[] {
  const folders: string[] = [];
  const above: { indent: number; path: string }[] = [];
  for (const line of tree.split('\n')) {
    const [, space = '', names = ''] = /^( *)((?:[\w.-]+\/)+(?: (?:[\w.-]+\/)+)*)/.exec(line) ?? [];
    if (names === '') continue;
    while (above.length > 0 && above.at(-1)!.indent >= space.length) above.pop();
    const [first = '', ...others] = names.split(' ').map((name) => name.slice(0, -1));
    const path = posix.join(above.at(-1)?.path ?? '', first);
    folders.push(path, ...others.map((name) => posix.join(path, '..', name)));
    above.push({ indent: space.length, path });
  }
  return folders;
}

function foldersOf(path: string): string[] {
  return readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^\.|^node_modules$|^dist$/.test(entry.name))
    .map(({ name }) => posix.join(path, name));
}

/** Where a newcomer looks: the folders of the root, the libs and apps, and the rooms of each. */
function rooms(): string[] {
  const houses = [...foldersOf('libs'), ...foldersOf('apps')];
  const inside = houses.flatMap((house) =>
    foldersOf(existsSync(join(root, house, 'src')) ? `${house}/src` : house),
  );
  const top = foldersOf('.').filter((name) => name !== 'runs');
  return [...top, ...houses, ...inside, ...foldersOf('test'), ...foldersOf('bench'), ...foldersOf('tools')];
}

const named = foldersIn(/## The house\n+```\n(.*?)```/s.exec(text)![1]!);
/** A folder is named where one inside it is; `src` and `test` are in every lib and app. */
const isNamed = (path: string) =>
  named.some((each) => each === path || each.startsWith(`${path}/`)) ||
  /^(?:lib|app)s\/[^/]+\/(?:src|test)$/.test(path);

test('a tree is read by its indentation, several folders of a line beside each other', () => {
  const tree =
    'libs/\n  a/       words of/it\n    src/b/ c/  more\n      d/\n      e.ts   no folder\n  f/\ntest/\n';
  const found = ['libs', 'libs/a', 'libs/a/src/b', 'libs/a/src/c', 'libs/a/src/b/d', 'libs/f', 'test'];
  expect(foldersIn(tree)).toEqual(found);
});

describe('the tree in CONTRIBUTING.md', () => {
  it('names folders that exist, each once', () => {
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(named.filter((path, i) => named.indexOf(path) !== i)).toEqual([]);
  });

  it('names every lib and app, and the rooms of each', () => {
    expect(rooms().filter((path) => !isNamed(path))).toEqual([]);
  });
});

test('every path that CONTRIBUTING.md names is there', () => {
  const paths = [...text.matchAll(/`((?:libs|apps|test|bench|tools)\/[^`\s<>*]*)`/g)].map(
    ([, path]) => path!,
  );
  expect(paths.length).toBeGreaterThan(10);
  expect(paths.filter((path) => !path.includes('NAME') && !existsSync(join(root, path)))).toEqual([]);
});

// What does not fit is a second home of something that a lib knows.
test('the command line holds at most 5,500 lines that are neither empty nor comment', () => {
  const files = readdirSync(join(root, 'apps/cli/src'), { recursive: true, encoding: 'utf8' });
  const lines = files
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => readFileSync(join(root, 'apps/cli/src', name), 'utf8').split('\n'));
  expect(lines.filter((line) => !/^\s*(?:\/\/|\/?\*|$)/.test(line)).length).toBeLessThanOrEqual(5500);
});
