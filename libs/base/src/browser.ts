/** What needs neither files nor native libraries. */
export { csvText, type CsvValue } from './csv.ts';
