import { percent, percentInterval, points, pointsInterval } from '@thaw/base';
import { escapeMarkup } from '../gap/figures/escape-markup.ts';
import type { RunResults } from '../results/run-results.ts';
import { sizeOf } from '../results/sentences.ts';

/** A section under a heading of its own; nothing where it has nothing. */
export function section(title: string, ...parts: readonly string[]): string {
  const content = parts.filter((part) => part !== '').join('\n');
  return content === '' ? '' : `<section>\n<h2>${escapeMarkup(title)}</h2>\n${content}\n</section>`;
}

/** Sentences as paragraphs. */
export function paragraphs(sentences: readonly string[], className = ''): string {
  const attribute = className === '' ? '' : ` class="${className}"`;
  return sentences.map((sentence) => `<p${attribute}>${escapeMarkup(sentence)}</p>`).join('\n');
}

/** The heading of the page with what stands small beneath it. */
export function pageHead(title: string, beneath: readonly string[], ...parts: readonly string[]): string {
  const small = beneath.map(escapeMarkup).join('<br>');
  return `<header>
<h1>${escapeMarkup(title)}</h1>
<p class="muted small">${small}</p>
${parts.filter((part) => part !== '').join('\n')}
</header>`;
}

/** Validation accuracy, test accuracy and the gap between them, with their intervals. */
export function accuracyTiles({ overall, grouping }: Pick<RunResults, 'overall' | 'grouping'>): string {
  const { validation, test, gap } = overall;
  const of = (side: typeof test) =>
    `${percentInterval(side.ci95)} with 95 % confidence<br>${sizeOf(side, grouping)}`;
  return `<dl class="tiles">
${tile('validation', 'Validation accuracy', percent(validation.accuracy), of(validation))}
${tile('test', 'Test accuracy', percent(test.accuracy), of(test))}
${tile('gap', 'Generalisation gap', points(gap.value), `${pointsInterval(gap.ci95)} with 95 % confidence<br>percentage points`)}
</dl>`;
}

/** One figure in large letters; `value` and `note` are HTML. */
export function tile(kind: 'validation' | 'test' | 'gap', name: string, value: string, note: string): string {
  return `<div class="${kind}"><dt>${name}</dt><dd>${value}<small>${note}</small></dd></div>`;
}

/** Figures beside each other where there is room; those that were not drawn are left out. */
export function inGrid(figures: readonly string[]): string {
  const drawn = figures.filter((each) => each !== '');
  return drawn.length === 0 ? '' : `<div class="figures">\n${drawn.join('\n')}\n</div>`;
}
