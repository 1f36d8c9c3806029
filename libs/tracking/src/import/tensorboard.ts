import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { filesIn, UserError } from '@thaw/base';
import type { ScalarEvent } from '../export/tensorboard/event-file.ts';
import { epochOf, figuresOfEpoch } from './epoch-of.ts';
import { readEventFile } from './event-records.ts';
import { someResults, type Results } from './results.ts';

/** Folders of one run beside each other, as Keras makes them, and what their figures are called. */
const parts: Readonly<Record<string, string>> = { train: '', validation: 'val_', val: 'val_', test: 'test_' };

export const isEventFile = (name: string) =>
  /(^|[./])tfevents\.|\.tfevents$/.test(name) || basename(name).includes('.tfevents.');

/** The runs of a folder of TensorBoard's event files: each folder is one, and one with `train` and `validation` is both together. */
export async function readTensorBoard(folder: string): Promise<Results[]> {
  const files = (await filesIn(folder)).filter(isEventFile).sort();
  const runs = new Map<string, Series>();
  for (const name of files) {
    const place = dirname(name);
    const events = readEventFile(await readFile(join(folder, name)), join(folder, name));
    const part = partOf(basename(place), events);
    const run = part === undefined ? place : dirname(place);
    const series = runs.get(run) ?? new Series();
    runs.set(run, series);
    series.add(events, part);
  }
  const told = [...runs].filter(([, series]) => !series.isEmpty);
  return (told.length > 0 ? told : [...runs]).map(([run, series]) =>
    series.results(run === '.' ? basename(folder) : run, folder),
  );
}

/** What a folder's figures are of: `train`, or `loss_train` of PyTorch's `add_scalars('loss', {'train': ...})`. */
function partOf(folder: string, events: readonly ScalarEvent[]): string | undefined {
  const [, tag, part = folder] = /^(.+)_([a-z]+)$/.exec(folder) ?? [];
  const fits = tag === undefined || events.every((event) => event.tag.replaceAll('/', '_') === tag);
  return fits ? parts[part] : undefined;
}

/** One event file by itself. */
export function readOneEventFile(bytes: Buffer, path: string): Results {
  const series = new Series();
  const part = basename(dirname(path));
  series.add(readEventFile(bytes, path), parts[part]);
  return series.results(basename(part in parts ? dirname(dirname(path)) : dirname(path)), path);
}

/**
 * The figures of a run by step. Of several values of one tag at one step the last written counts, as TensorBoard shows it. What the run
 * came to is the value of each tag at its greatest step: tags may be written at other steps than the curves, as `add_hparams` does.
 * What the run's own folder says wins over the curves of its parts, which go on behind the epoch that was kept.
 */
class Series {
  readonly #steps = new Map<number, Record<string, number>>();
  /** By tag, of the run's own folder. */
  readonly #whole = new Map<string, { readonly step: number; readonly value: number }>();

  get isEmpty(): boolean {
    return this.#steps.size === 0;
  }

  /** `prefix` is that of the part whose folder the events are from; left out for the run's own. */
  add(events: readonly ScalarEvent[], prefix?: string): void {
    // Keras numbers epochs from 0, and has series over batches, which are no epochs, beside.
    const isKeras = events.some(({ tag }) => tag.startsWith('epoch_'));
    const isOfBatches = isKeras ? /_vs_iterations$|^keras$|^batch_/ : /_vs_iterations$|^keras$/;
    for (const { tag, step, value } of events) {
      const [, epochTag] = /^epoch_(.+)$/.exec(tag) ?? [];
      if (isOfBatches.test(tag)) continue;
      const at = epochTag === undefined ? step : step + 1;
      const figures = this.#steps.get(at) ?? {};
      this.#steps.set(at, figures);
      figures[(prefix ?? '') + (epochTag ?? tag)] = value;
      const isWhole = prefix === undefined && epochTag === undefined;
      if (isWhole && step >= (this.#whole.get(tag)?.step ?? -Infinity)) this.#whole.set(tag, { step, value });
    }
  }

  results(name: string, where: string): Results {
    if (this.isEmpty)
      throw new UserError(
        `${where}: found no scalars; allowed: event files with at least one (images, histograms and text are not read)`,
      );
    const steps = [...this.#steps].sort(([a], [b]) => a - b);
    const latest = new Map(steps.flatMap(([, figures]) => Object.entries(figures)));
    // Behind all others: of two tags for one figure (`accuracy`, `train_accuracy`) the later counts.
    for (const [tag, { value }] of this.#whole) {
      latest.delete(tag);
      latest.set(tag, value);
    }
    return someResults({
      name,
      program: 'TensorBoard',
      epochs: steps.map(([step, figures]) => epochOf(step, figures)),
      figures: figuresOfEpoch(Object.fromEntries(latest)),
    });
  }
}
