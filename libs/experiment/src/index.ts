export { monitors, scenarios, settingsSchema } from './settings.ts';
export type {
  Augmentation,
  DatasetSettings,
  EarlyStopping,
  FilesDataset,
  ModelSettings,
  Scenario,
  Settings,
  SplitSettings,
  SyntheticDataset,
  TrainingSettings,
} from './settings.ts';
