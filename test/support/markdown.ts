import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { globSync } from 'tinyglobby';

const root = resolve(import.meta.dirname, '../..');

/** What people read, relative to the root: README, CONTRIBUTING, docs, and the pages of libs and apps. */
export const pages = globSync(['*.md', 'docs/**/*.md', 'libs/*/README.md', 'apps/*/README.md'], {
  cwd: root,
}).sort();

export function readPage(page: string): string {
  return readFileSync(join(root, page), 'utf8');
}

export interface Block {
  /** Behind the opening fence: `yaml experiment` has language `yaml` and the mark `experiment`. */
  readonly language: string;
  readonly mark: string;
  readonly text: string;
}

const fence = /^ *```([^\n`]*)\n([\s\S]*?)^ *```$/gm;

/** The fenced blocks of a page, in their order. */
export function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(fence)].map(([, info, text]) => {
    const [language = '', mark = ''] = info!.trim().split(' ');
    return { language, mark, text: text! };
  });
}

/** The commands in the blocks of a page that are not of another language, without remarks. */
export function commandsOf(markdown: string): string[] {
  return blocksOf(markdown)
    .filter(({ language }) => ['', 'sh', 'bash', 'console'].includes(language))
    .flatMap(({ text }) => text.replaceAll(/\\\n\s*/g, '').split('\n'))
    .map((line) => line.replace(/(^|\s+)#\s.*$/, '').trim())
    .filter((line) => /^(npm|npx|node|curl|pip|python|cd|export|redis-server|sbatch|docker)\b/.test(line));
}

/** Where the links and pictures of a page lead, as they are written; those in code are none. */
export function linksOf(markdown: string): string[] {
  const prose = markdown.replaceAll(fence, '').replaceAll(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
}

/** The anchors that GitHub gives the headings of a page. */
export function anchorsOf(markdown: string): string[] {
  const seen = new Map<string, number>();
  const headings = markdown.replaceAll(fence, '').matchAll(/^#{1,6} +(.+?) *$/gm);
  return [...headings].map(([, heading]) => {
    const words = heading!.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '');
    const anchor = words.replaceAll(' ', '-');
    const before = seen.get(anchor) ?? 0;
    seen.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
}
