import type { BenchResults, FigureResult } from './results.ts';

/** The results as a Markdown table, a figure a line: median, spread over the repetitions, and what is claimed. */
export function resultsTable({ claims }: BenchResults): string {
  const lines = claims.flatMap(({ figures }) => figures.map(tableRow));
  return ['| | median | spread | claim | |', '| --- | --- | --- | --- | --- |', ...lines].join('\n');
}

function tableRow({ what, unit, values, median, min, max, limit, holds }: FigureResult): string {
  const inUnit = unit === 'ratio' ? '' : ` ${unit}`;
  const spread = values.length > 1 ? `${short(min)} to ${short(max)}` : '';
  const claimed =
    limit === null ? '' : 'atMost' in limit ? `at most ${limit.atMost}` : `at least ${limit.atLeast}`;
  const verdict = holds === null ? '' : holds ? 'holds' : 'does not hold';
  return `| ${what} | ${short(median)}${inUnit} | ${spread} | ${claimed} | ${verdict} |`;
}

/** Three significant digits, without exponents. */
function short(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}
