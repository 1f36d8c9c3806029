import type { SettingsCheck } from './checks/check-settings.ts';

export interface LoadOptions {
  /** Overrides `path=value`, values in YAML, applied in order. */
  set?: readonly string[];
  /** More checks of the settings of each trial; their problems are reported at the file's lines. */
  checks?: SettingsCheck;
  /** What relative paths in the file are relative to; the current directory when left out. */
  directory?: string;
}
