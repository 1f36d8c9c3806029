import { stat } from 'node:fs/promises';
import { mapConcurrently } from '@thaw/base';
import type { Damaged } from './read-record.ts';
import type { OwnedRecord, RecordFolders } from './record-folders.ts';

const filesAtOnce = 32;

interface Entry<K> {
  /** When and how large the record's file was; null where there is none. */
  readonly stamp: string | null;
  readonly kept: K | null;
  readonly damaged: Damaged | null;
  /** Its owner has ended it, so that it is another record only if its file is another. */
  readonly ended: boolean;
  /** It came to its end, so that nobody takes it up again. */
  readonly complete: boolean;
}

export interface IndexChange {
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** What is kept of each record of a folder, read again only where its file may have changed. Nothing of it is written. */
export class RecordIndex<T extends OwnedRecord & { finished: string | null }, K> {
  readonly #folders: RecordFolders<T>;
  readonly #keep: (record: T, folder: string) => Promise<K>;
  readonly #entries = new Map<string, Entry<K>>();
  /** How far the looks at complete records have come among them. */
  #looked = 0;

  constructor(folders: RecordFolders<T>, keep: (record: T, folder: string) => Promise<K>) {
    this.#folders = folders;
    this.#keep = keep;
  }

  get(id: string): K | undefined {
    return this.#entries.get(id)?.kept ?? undefined;
  }

  /** Oldest first, as ids sort. */
  all(): K[] {
    return [...this.#entries].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, { kept }]) => kept ?? []);
  }

  /** In the order of their folders' names. */
  damaged(): Damaged[] {
    const damaged = [...this.#entries.values()].flatMap((entry) => entry.damaged ?? []);
    return damaged.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /**
   * Takes over what has changed on disk: new and missing folders, records that were not complete, and up to `complete` of those
   * that were, for a file may be damaged long after its owner has left it. These take turns, so that calls come to all of them.
   * The names of what has changed come back.
   */
  async refresh(complete: number): Promise<IndexChange> {
    const ids = await this.#folders.ids();
    const there = new Set(ids);
    const removed = [...this.#entries.keys()].filter((id) => !there.has(id));
    for (const id of removed) this.#entries.delete(id);
    const isComplete = (id: string) => this.#entries.get(id)?.complete === true;
    const open = [...ids.filter((id) => !isComplete(id)), ...this.#inTurn(ids.filter(isComplete), complete)];
    const changed = await mapConcurrently(open, filesAtOnce, async (id) =>
      (await this.#reread(id)) ? [id] : [],
    );
    return { changed: changed.flat(), removed };
  }

  #inTurn(ids: readonly string[], most: number): string[] {
    if (ids.length <= most) return [...ids];
    const from = this.#looked % ids.length;
    this.#looked = from + most;
    return [...ids.slice(from, from + most), ...ids.slice(0, Math.max(0, from + most - ids.length))];
  }

  /** Reads one record again, though its file may be the same. */
  async reread(id: string): Promise<void> {
    this.#entries.delete(id);
    await this.#reread(id);
  }

  async #reread(id: string): Promise<boolean> {
    const folder = this.#folders.folder(id);
    const before = this.#entries.get(id);
    const stamp = await fileStamp(this.#folders.file(folder));
    const unchanged = before?.stamp === stamp && stamp !== null;
    if (unchanged && (before.ended || before.damaged !== null)) return false;
    const result = await this.#folders.read(id);
    if ('damaged' in result) {
      this.#entries.set(id, { stamp, kept: null, damaged: result.damaged, ended: false, complete: false });
      return before?.damaged?.reason !== result.damaged.reason;
    }
    const kept = await this.#keep(result.record, folder);
    const { state, finished } = result.record;
    const ended = finished !== null;
    const complete = ended && (state === 'finished' || state === 'pruned');
    this.#entries.set(id, { stamp, kept, damaged: null, ended, complete });
    return !before?.kept || JSON.stringify(before.kept) !== JSON.stringify(kept);
  }
}

async function fileStamp(path: string): Promise<string | null> {
  const found = await stat(path).catch(() => null);
  return found && `${found.mtimeMs} ${found.size}`;
}
