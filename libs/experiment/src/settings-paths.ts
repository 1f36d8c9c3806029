import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { isMapping, valueAt } from './messages/json-schema.ts';
import { isOnnxPath, type Settings } from './settings.ts';

/** Where the files and folders that settings name lie: absolute paths by dotted setting. */
export type SettingsPaths = Readonly<Record<string, string>>;

const weightsWords = ['imagenet', 'bundled', 'random'];
/** The settings that name paths, and when they do. */
const settingsThatNamePaths: Readonly<Record<string, (written: string) => boolean>> = {
  'dataset.path': () => true,
  'split.groups.csv': () => true,
  'model.weights': (written) => !weightsWords.includes(written),
  'model.backbone': isOnnxPath,
};

/** Where everything lies that settings name by a path, seen from a directory. */
export function pathsOf(settings: Settings, directory: string): SettingsPaths {
  const found = Object.entries(settingsThatNamePaths).flatMap(([setting, isPath]) => {
    const written = valueAt(settings, setting.split('.'));
    return typeof written === 'string' && isPath(written)
      ? [[setting, resolve(directory, written)] as const]
      : [];
  });
  return Object.fromEntries(found);
}

/**
 * Settings that name their files and folders by these paths, so that they are found from any directory. Where one is gone and
 * there is something by the settings' own words (a folder of runs was copied to another machine), these are kept.
 */
export function withPaths<T extends Partial<Settings>>(settings: T, paths: SettingsPaths): T {
  const there = Object.entries(paths).filter(([setting, path]) => {
    const written = valueAt(settings, setting.split('.'));
    return typeof written === 'string' && (existsSync(path) || !existsSync(written));
  });
  return there.reduce((changed, [setting, path]) => replaced(changed, setting.split('.'), path), settings);
}

/** What settings are apart from where their images lie: equal for those of a data set that has moved. */
export function withoutPlace<T extends Pick<Settings, 'dataset'>>(settings: T): T {
  return 'path' in settings.dataset ? replaced(settings, ['dataset', 'path'], '') : settings;
}

function replaced<T>(holder: T, [step, ...rest]: readonly string[], value: string): T {
  if (step === undefined) return value as T;
  if (!isMapping(holder)) return holder;
  return { ...holder, [step]: replaced(holder[step], rest, value) };
}
