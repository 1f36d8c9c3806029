// Apart from index.ts, because whoever reports a metric needs nothing of what runs trials.
export { readReportWords, type Report } from './executors/program/report.ts';
