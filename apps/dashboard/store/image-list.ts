import { runImages, whyNoMap } from '@thaw/analysis/recorded';
import { exists, sha256 } from '@thaw/base';
import type { FileStore, RunRecord } from '@thaw/tracking';
import { splitNames, type ImageList } from '../api/operations/images.ts';
import { datasetFolder } from './dataset-folder.ts';

/** All images that are known of a run, packed: twelve thousand of them take half a megabyte. */
export async function imageList(
  store: Pick<FileStore, 'predictions' | 'groups'>,
  run: RunRecord,
  runsDir: string,
): Promise<ImageList> {
  const { images, classes: named, unit, notes } = await runImages(store, run);
  const classes = new Numbered(named);
  const groups = new Numbered([]);
  const files = images.map(({ file }) => file);
  return {
    list: listKey(files),
    unit,
    files,
    splits: images.map(({ split }) => splitNames.indexOf(split)),
    labels: images.map((image) => classes.of(image.class)),
    predicted: images.map(({ predicted }) => (predicted === null ? null : classes.of(predicted))),
    confidence: images.map(({ confidence }) => (confidence === null ? null : Number(confidence.toFixed(5)))),
    group: images.map(({ group }) => (group === null ? null : groups.of(group))),
    classes: classes.names,
    groups: groups.names,
    pictures: await whyNoPictures(run, runsDir),
    notes: [...notes],
  };
}

/** Stands for a list of images. */
export function listKey(files: readonly string[]): string {
  return sha256(JSON.stringify(files)).slice(0, 24);
}

async function whyNoPictures(run: RunRecord, runsDir: string): Promise<string | null> {
  if (!run.settings) return whyNoMap(run);
  const folder = datasetFolder({ settings: run.settings, paths: run.paths }, runsDir);
  return (await exists(folder)) ? null : `the images are not where they were: ${folder} is gone`;
}

/** Names by their number, in the order in which they came. */
class Numbered {
  readonly names: string[] = [];
  readonly #numbers = new Map<string, number>();

  constructor(names: readonly string[]) {
    names.forEach((name) => this.of(name));
  }

  of(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.names.length);
    return this.names.push(name) - 1;
  }
}
