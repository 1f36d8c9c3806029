/** What the records of runs tell by themselves: neither images nor models are opened, so that web servers can bundle it. */
export { changedImages, changedSentence, type ChangedImages } from './changed-images/changed-images.ts';
export { codeDifference, type CodeDifference } from './compare/code-difference.ts';
export type { CompareDocument, Comparison } from './compare/compare-document.ts';
export { compareRuns, type CompareRunsOptions } from './compare/compare-runs.ts';
export type { Verdict } from './compare/verdict.ts';
export {
  groupsOfRun,
  type Grouping,
  type GroupsOfRunOptions,
  type LookAgain,
  type RunGroups,
} from './groups/groups-of-run.ts';
export { forecastFor, forecastSentences, isAfterLook } from './forecast/forecast-sentences.ts';
export { testSetSentences } from './test-set/test-sentences.ts';
export { startedFrom } from './results/started-from.ts';
export { keptGroups } from './groups/kept-groups.ts';
export { keptLayout, keptLayouts, whyNoMap, type LayoutName, type MapLayout } from './map/kept-layouts.ts';
export { runImages, type RunImage, type RunImages } from './map/run-images.ts';
export { runReports, type RunReports } from './results/run-reports.ts';
export { resultsOf, runResults, type RunResults } from './results/run-results.ts';
export { noBestSentence } from './sweeps/no-best-sentence.ts';
export { notification } from './sweeps/notification.ts';
export { sweepDocument, type SweepDocument, type TrialDocument } from './sweeps/sweep-document.ts';
export { sweepRow, sweepTable, type SweepRow } from './sweeps/sweep-row.ts';
export { validationResults, type ValidationResults } from './results/validation-results.ts';
export { besideTwins, testSentences, twinSentence } from './leakage/leakage-text.ts';
export { accuracySentence, flatterySentences, groupingSentence, sizeOf } from './results/sentences.ts';
