/** What needs neither files nor native libraries. */
export { csvText, type CsvValue } from './csv.ts';
export { fixed } from './fixed.ts';
export { median, percent, sum } from './numbers.ts';
