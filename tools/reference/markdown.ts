/** Text as a cell of a table holds it: what stands outside of code is no markup. */
export function cell(text: string): string {
  const parts = text
    .replaceAll('|', '\\|')
    .replaceAll('\n', ' ')
    .split(/(`[^`]*`)/);
  const escaped = parts.map((part) =>
    part.startsWith('`') ? part : part.replaceAll('<', '&lt;').replaceAll('*', '\\*'),
  );
  return escaped.join('');
}

/** A table of cells, ending in a line of its own. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`.replaceAll('|  |', '| |');
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}

/** A block of code that no test runs as commands: `language` says what it is. */
export function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\`\n`;
}

/**
 * A page with new text between two marks: `<!-- NAME -->` and `<!-- end of NAME -->`. Throws RangeError where they are missing.
 */
export function withinMarks(page: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name} -->\n`, `<!-- end of ${name} -->\n`];
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new RangeError(`no ${begin.trim()} and ${end.trim()} on the page`);
  return `${page.slice(0, from + begin.length)}\n${text}\n${page.slice(to)}`;
}

/** The names of the marks on a page that begin with a word: `<!-- settings: model -->` has `model`. */
export function marksOf(page: string, word: string): string[] {
  return [...page.matchAll(new RegExp(`^<!-- ${word}: (.+?) -->$`, 'gm'))].map(([, name]) => name!);
}
