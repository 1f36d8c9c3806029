/** What needs neither files nor native libraries. */
export { csvText, type CsvValue } from './csv.ts';
export { fixed } from './fixed.ts';
export { flatten } from './flatten.ts';
export { median, numbersFirst, sum } from './numbers.ts';
export { percent, percentInterval, points, pointsInterval, pValue } from './words/figures.ts';
export { metricDifference, metricFigures, metricWords } from './words/metric-figures.ts';
export { counted, duration, gigabytes, parameterList, shareOf, signed, thousands } from './words/format.ts';
export { jsonText, orderedRecord } from './ordered-record.ts';
export { classRow, printedName } from './words/printed-name.ts';
export { shellWord } from './words/shell-word.ts';
