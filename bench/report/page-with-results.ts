import { resultsTable } from './results-table.ts';
import type { BenchResults } from './results.ts';

const begin = '<!-- bench/results.json -->\n';
const end = '<!-- end of bench/results.json -->\n';

/** A page with these results between its two marks. Throws RangeError where the marks are missing. */
export function pageWithResults(page: string, results: BenchResults): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new RangeError(`no ${begin.trim()} and ${end.trim()} on the page`);
  return `${page.slice(0, from + begin.length)}${section(results)}${page.slice(to)}`;
}

function section(results: BenchResults): string {
  const { machine, keras, data } = results;
  const dates = results.claims.map(({ date }) => date.slice(0, 10)).sort();
  const images = (data.train_images + data.test_images).toLocaleString('en-US');
  const when = [...new Set([dates[0], dates.at(-1)])].join(' to ');
  return (
    `${images} images, ${machine.cores} cores (${machine.processor}), Node ${machine.node.slice(1)}` +
    `${keras === null ? '' : `, ${keras}`}, ${when}:\n\n${resultsTable(results)}\n`
  );
}
