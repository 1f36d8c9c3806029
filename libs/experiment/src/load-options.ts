import type { SettingsCheck } from './checks/check-settings.ts';
import type { Allowed } from './checks/place-problems.ts';

export interface LoadOptions {
  /** Overrides `path=value`, values in YAML, applied in order. */
  set?: readonly string[];
  /** More checks of the settings of each trial; their problems are reported at the file's lines. */
  checks?: SettingsCheck;
  /** What relative paths in the file are relative to; the current directory when left out. */
  directory?: string;
  /** What the file may name and start; everything when left out. */
  allowed?: Allowed | undefined;
}
