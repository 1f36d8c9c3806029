/** Reports that anybody can open: one HTML file each, of what the records tell; neither images nor models are opened. */
export type { Score } from '../gap/figures/class-score.ts';
export { comparisonReport } from './comparison-report.ts';
export { runReport } from './run-report.ts';
export { sweepReport } from './sweep-report.ts';
