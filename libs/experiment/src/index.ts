export { applyParameters } from './apply-parameters.ts';
export { axisOf, type FiniteValues } from './space/axis.ts';
export type { Axis } from './space/axis.ts';
export type { SettingsCheck } from './checks/check-settings.ts';
export { plateauNote } from './checks/plateau-note.ts';
export { placesWithin, type Allowed } from './checks/place-problems.ts';
export {
  describedDistributions,
  describedProgram,
  describedRules,
  describedSearch,
  describedSettings,
} from './described-settings.ts';
export type { DescribedChoice, DescribedSetting } from './described-settings.ts';
export { dealtWords } from './dealt-words.ts';
export { isDataPath, pathsThatVaryValidation } from './data-paths.ts';
export type { Distribution } from './space/distributions.ts';
export { fileJsonSchema } from './experiment-file.ts';
export { rungs } from './early-termination.ts';
export type { EarlyTermination } from './early-termination.ts';
export { methods, testModes } from './experiment.ts';
export type {
  AnyExperiment,
  Choices,
  Experiment,
  Method,
  Metric,
  Parameter,
  ParameterValues,
  Program,
  ProgramExperiment,
  Search,
  SearchMetric,
  TestMode,
} from './experiment.ts';
export { gridSize } from './space/grid.ts';
export { loadAnyExperiment, loadExperiment, readAnyExperiment, readExperiment } from './load-experiment.ts';
export type { LoadOptions } from './load-options.ts';
export { metricValue, withValues } from './metric-value.ts';
export {
  figuresBehind,
  goals,
  metricGoal,
  metricGoals,
  metricNames,
  metricNamesOf,
  monitors,
  prefixed,
} from './metrics.ts';
export type { Figures, Goal, MetricName, Monitor } from './metrics.ts';
export { ExperimentError, type LocatedMistake } from './messages/mistake.ts';
export { didYouMean, nearest, unknownName } from './messages/nearest.ts';
export { kebab, unknownNames } from './messages/unknown-names.ts';
export { show } from './messages/show.ts';
export type { Problem } from './messages/problem.ts';
export { macroOf, type Macro } from './program/macros.ts';
export { sweptPaths } from './parameters/swept-paths.ts';
export { readSettings } from './space/read-settings.ts';
export { isComplete, trialStates } from './run.ts';
export { meanOfFolds } from './mean-of-folds.ts';
export { metricPart, type MetricPart } from './metric-part.ts';
export type { EpochRecord, FoldSummary, PredictionRow, Summary, TrialState } from './run.ts';
export { imageSizeIn } from './progressive-size.ts';
export { fineTuning, isOnnxPath, scenarios, wholeTraining } from './settings/model-words.ts';
export { headEpochs, settingsSchema } from './settings.ts';
export type {
  Augmentation,
  DatasetSettings,
  EarlyStopping,
  FilesDataset,
  LearningRateSchedule,
  ModelSettings,
  OnnxPath,
  Scenario,
  Settings,
  SplitSettings,
  SyntheticDataset,
  TestTimeAugmentation,
  TrainingSettings,
} from './settings.ts';
export { pathsOf, withoutPlace, withPaths, type SettingsPaths } from './settings-paths.ts';
export { activeValues, dependencyOrder, finiteValues, isActive, sampleValues } from './space/space.ts';
export type { SearchSpace } from './space/space.ts';
