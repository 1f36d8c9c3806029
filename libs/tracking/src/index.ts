export { annotationLimits, annotationsSchema } from './annotations/annotations-schema.ts';
export type { DeletedSweep } from './annotations/deleted-sweep.ts';
export type { DeletedRun } from './annotations/trash.ts';
export { writeTensorBoardFolder } from './export/tensorboard/write-tensorboard-folder.ts';
export { runDocument, runTable } from './export/exported-run.ts';
export type { GapDocument, GapPart } from './records/gap-document.ts';
export type { GroupedImage } from './records/grouped-image.ts';
export { readImport } from './import/read-import.ts';
export { doubts, lacks } from './import/imported-summary.ts';
export type { PartResults, Results } from './import/results.ts';
export type { ImportedRecord } from './import/imported-record.ts';
export { asImportedRun, type ImportedRun } from './import/imported-run.ts';
export type { KeptGroups } from './files/kept-groups.ts';
export type { ListedRun, RunEntry } from './files/indexed-run.ts';
export type { ForecastRecord, OpeningRecord } from './records/forecast-record.ts';
export type { LeakageRecord } from './records/leakage-record.ts';
export type { AliasMove } from './models/alias-moves.ts';
export { checkAlias, checkModelName, parseModelReference } from './models/model-reference.ts';
export { modelDocument } from './models/model-document.ts';
export { aliasesOf, openModelStore } from './models/model-store.ts';
export type { ModelRecord, ModelStore, NewVersion } from './models/model-store.ts';
export type { VersionRecord } from './models/version-record.ts';
export type { StopRequest } from './files/stop-request.ts';
export type { SweepImage, SweepImages } from './files/sweep-images.ts';
export type { NewRun } from './records/new-run.ts';
export { programEngine, type NewSweep } from './records/new-sweep.ts';
export { isWholeId, newSweepId } from './files/ids.ts';
export { endOwner } from './files/owner.ts';
export { predictionsFile, type PredictedSplit } from './records/prediction-row.ts';
export { collectProvenance } from './records/provenance.ts';
export type { Provenance } from './records/provenance.ts';
export { checkColumn, filterRows } from './query/filter-rows.ts';
export { writtenColumn, writtenValue } from './query/tokens.ts';
export { runsWhere } from './query/runs-where.ts';
export { findRuns, type FoundRuns, type RunQuery } from './query/find-runs.ts';
export {
  noAnnotations,
  runRow,
  type Annotations,
  type AnnotationsChange,
  type RunRow,
  type Value,
} from './query/run-row.ts';
export { namedRun, runName, runNames, type NamedRun } from './query/run-name.ts';
export { byAge } from './files/by-age.ts';
export { nameInSweepId } from './files/name-in-id.ts';
export { compareValues, sortRows } from './query/sort-rows.ts';
export type { Damaged } from './files/read-record.ts';
export { startRun } from './run-logger.ts';
export type { RunLogger, StartRun } from './run-logger.ts';
export { freeSummary } from './records/free-summary.ts';
export { logUrlFile } from './files/log-url.ts';
export type { RunRecord } from './records/run-record.ts';
export type { UsageRecord } from './records/usage-record.ts';
export type { RunStore, RunWriter, SweepWriter } from './run-store.ts';
export type { RowChanges, StoreIndex } from './store-index.ts';
export { openStore } from './store.ts';
export type { FileStore } from './store.ts';
export type { FailedAttempt, SweepRecord, SweepState, TrialRecord } from './records/sweep-record.ts';
export { testTwinPairs, twinPairs, type TestTwinPair, type TwinPair } from './twin-pairs.ts';
