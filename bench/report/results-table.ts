import type { BenchResults, FigureResult } from './results.ts';

/** The results as a Markdown table, a figure a line: median, spread over the repetitions, and what is claimed. */
export function resultsTable({ claims }: BenchResults): string {
  const lines = claims.flatMap(({ figures }) => figures.map(tableRow));
  return ['| | median | spread | claim | |', '| --- | --- | --- | --- | --- |', ...lines].join('\n');
}

function tableRow(figure: FigureResult): string {
  const { what, unit, values, median, min, max } = figure;
  const inUnit = unit === 'ratio' ? '' : ` ${unit}`;
  const spread = values.length > 1 ? `${short(min)} to ${short(max)}` : '';
  return `| ${what} | ${short(median)}${inUnit} | ${spread} | ${claimed(figure)} | ${verdict(figure)} |`;
}

function claimed({ limit, limit_here: here }: FigureResult): string {
  if (limit === null) return '';
  if ('atLeast' in limit) return `at least ${limit.atLeast}`;
  return `at most ${limit.atMost}${here === null ? '' : `, here ${short(here)}`}`;
}

function verdict({ holds, median, limit_here: here }: FigureResult): string {
  if (holds === null) return '';
  if (holds) return 'holds';
  return here !== null && median <= here ? 'holds for this machine' : 'does not hold';
}

/** Three significant digits, without exponents. */
function short(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}
