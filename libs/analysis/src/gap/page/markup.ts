import { escapeMarkup } from '../figures/escape-markup.ts';
import { recoloured } from '../figures/theme.ts';

/** An SVG figure with its alternative text; its caption is HTML. */
export function figure(svg: string, alt: string, caption = ''): string {
  const labelled = recoloured(svg).replace(
    '<svg ',
    `<svg role="img" aria-label="${escapeMarkup(alt)}" focusable="false" `,
  );
  return `<figure>${labelled}${caption === '' ? '' : `<figcaption>${caption}</figcaption>`}</figure>`;
}

/** A JPEG inside the page. */
export function picture(jpeg: Buffer, alt: string): string {
  return `<img src="data:image/jpeg;base64,${jpeg.toString('base64')}" alt="${escapeMarkup(alt)}">`;
}

/** A table; the first cell of each row is its heading. Cells are text, what stands after a line break is small. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const content = (cell: string) => {
    const [text = '', ...small] = cell.split('\n');
    return escapeMarkup(text) + small.map((line) => `<small>${escapeMarkup(line)}</small>`).join('');
  };
  const cells = (row: readonly string[]) =>
    row
      .map((cell, i) => (i === 0 ? `<th scope="row">${content(cell)}</th>` : `<td>${content(cell)}</td>`))
      .join('');
  const heading = head.map((cell) => `<th scope="col">${escapeMarkup(cell)}</th>`).join('');
  const body = rows.map((row) => `<tr>${cells(row)}</tr>`).join('\n');
  return `<div class="scroll" tabindex="0"><table><thead><tr>${heading}</tr></thead>\n<tbody>${body}</tbody></table></div>`;
}
