import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix, resolve } from 'node:path';
import { loadAnyExperiment } from '@thaw/experiment';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { anchorsOf, blocksOf, linksOf, pages, readPage } from './support/markdown.ts';

const root = resolve(import.meta.dirname, '..');

test('links, anchors and blocks are read as GitHub reads them', () => {
  const page =
    '# Two words: `a.b`, and more\n[x](y.md#z) `[no](no.md)` ![p](p.png)\n```yaml experiment\na: 1\n```\n## Same\n## Same\n```\n# none\n[no](no)\n```\n';
  expect(anchorsOf(page)).toEqual(['two-words-ab-and-more', 'same', 'same-1']);
  expect(linksOf(page)).toEqual(['y.md#z', 'p.png']);
  expect(blocksOf(page)).toEqual([
    { language: 'yaml', mark: 'experiment', text: 'a: 1\n' },
    { language: '', mark: '', text: '# none\n[no](no)\n' },
  ]);
});

/** Why a link leads nowhere; null where it leads somewhere. Other sites are not asked. */
function brokenLink(page: string, link: string): string | null {
  if (/^https?:/.test(link)) return null;
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : posix.join(posix.dirname(page), path);
  if (!existsSync(join(root, target))) return `${page}: ${link}: no such file`;
  if (anchor === undefined) return null;
  if (statSync(join(root, target)).isDirectory()) return `${page}: ${link}: a folder has no headings`;
  return anchorsOf(readPage(target)).includes(anchor) ? null : `${page}: ${link}: no such heading`;
}

describe('the pages', () => {
  it('have links that lead somewhere', () => {
    const broken = pages.flatMap((page) => linksOf(readPage(page)).map((link) => brokenLink(page, link)));
    expect(broken.length).toBeGreaterThan(50);
    expect(broken.filter((each) => each !== null)).toEqual([]);
  });

  it('can all be reached from the README', () => {
    const reached = new Set(['README.md']);
    for (const page of reached) {
      for (const link of linksOf(readPage(page))) {
        const target = posix.join(posix.dirname(page), link.split('#')[0]!);
        // GitHub shows a folder's README.
        for (const file of [target, posix.join(target, 'README.md')])
          if (pages.includes(file)) reached.add(file);
      }
    }
    const reachable = pages.filter((page) => page.startsWith('docs/') || page.startsWith('libs/'));
    expect(reachable.filter((page) => !reached.has(page))).toEqual([]);
  });
});

test('the README has at most 120 lines', () => {
  expect(readPage('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(120);
});

const yamlBlocks = pages.flatMap((page) =>
  blocksOf(readPage(page))
    .filter(({ language }) => language === 'yaml')
    .map((block, i) => ({ ...block, name: `${page}, number ${i + 1}` })),
);

test('every block of YAML is an experiment, or for Kubernetes', () => {
  const others = yamlBlocks.filter(
    ({ mark, text }) => mark !== 'experiment' && !text.startsWith('apiVersion:'),
  );
  expect(others.map(({ name }) => name)).toEqual([]);
});

/** The folder of a reader, with the images and the program that the pages speak of. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'thaw-docs-'));
  for (const part of ['TRAIN', 'TEST']) mkdirSync(join(folder, 'data/cells', part, 'A'), { recursive: true });
  writeFileSync(join(folder, 'train.py'), '');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test.each(yamlBlocks.filter(({ mark }) => mark === 'experiment'))(
  'the experiment of $name is one',
  async ({ text }) => {
    const file = join(folder, 'experiment.yaml');
    writeFileSync(file, text);
    expect((await loadAnyExperiment(file, { directory: folder })).notes).toEqual([]);
  },
);
