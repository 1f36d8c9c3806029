import type { FolderSettings } from '@thaw/data';
import type { Settings } from '@thaw/experiment';

/** Settings whose images are read as a sweep over the folder would read them. */
export function asRead(
  settings: Settings,
  { interpolation, resize, depth }: Pick<FolderSettings, 'interpolation' | 'resize' | 'depth'>,
): Settings {
  return { ...settings, dataset: { ...settings.dataset, interpolation, resize, depth } };
}
