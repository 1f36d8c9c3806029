import { join } from 'node:path';
import * as z from 'zod';
import { readIfThere, writeFileAtomic } from '@thaw/base';
import { parseDocument } from './json-lines.ts';

const image = z.tuple([z.string(), z.string(), z.string()]);

const documentSchema = z.object({
  /** Each list of images once, `[name, class, sha256]` each; data sets that differ by their split alone share one. */
  lists: z.array(z.array(image)),
  datasets: z.array(
    z.object({
      /** The swept settings that choose it; empty where all trials have the same. */
      parameters: z.record(z.string(), z.unknown()),
      /** Of images, labels and split. */
      fingerprint: z.string(),
      /** Its place in `lists`. */
      list: z.number().int().nonnegative(),
    }),
  ),
});

/** An image that a sweep began with. `name` is relative to its data set's folder, `sha256` of the file's bytes. */
export interface SweepImage {
  readonly name: string;
  readonly class: string;
  readonly sha256: string;
}

/** A data set that a sweep began with. */
export interface SweepImages {
  /** The swept settings that choose it; empty where all trials have the same. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Of images, labels and split. */
  readonly fingerprint: string;
  readonly images: readonly SweepImage[];
}

/** Writes `images.json` into a sweep's folder, whole or not at all: 1.4 MB for 12,444 images. */
export async function writeSweepImages(folder: string, datasets: readonly SweepImages[]): Promise<void> {
  const lists = new Map<string, number>();
  const entries = datasets.map(({ parameters, fingerprint, images }) => {
    const rows = images.map(({ name, class: label, sha256 }) => JSON.stringify([name, label, sha256])).sort();
    const list = `[\n${rows.join(',\n')}\n]`;
    if (!lists.has(list)) lists.set(list, lists.size);
    return { parameters, fingerprint, list: lists.get(list)! };
  });
  const text = `{"datasets":${JSON.stringify(entries)},"lists":[${[...lists.keys()].join(',')}]}\n`;
  await writeFileAtomic(fileIn(folder), text);
}

/** What a sweep began with; null where that was not kept. A UserError for a file that Thaw did not write. */
export async function readSweepImages(folder: string): Promise<SweepImages[] | null> {
  const path = fileIn(folder);
  const text = await readIfThere(path);
  if (text === null) return null;
  const { lists, datasets } = parseDocument(text, documentSchema, path);
  return datasets.map(({ parameters, fingerprint, list }) => ({
    parameters,
    fingerprint,
    images: (lists[list] ?? []).map(([name, label, sha256]) => ({ name, class: label, sha256 })),
  }));
}

function fileIn(folder: string): string {
  return join(folder, 'images.json');
}
