import { join } from 'node:path';
import { mapConcurrently } from '@thaw/base';
import { isComplete } from '@thaw/experiment';
import { fileStamp, type FileStamp } from './file-stamp.ts';
import { isWholeId } from './ids.ts';
import type { KeptRecords } from './kept-records.ts';
import type { Damaged } from './read-record.ts';
import type { OwnedRecord, RecordFolders } from './record-folders.ts';

const filesAtOnce = 32;

/** So many records are read before what is kept of them is saved: of thousands it would be in memory several times over. */
const portion = 500;

interface Entry<K> {
  /** That of the record's files; null where there is none. */
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

/** What is kept of a record, and how. */
export interface Keeping<T, D, K> {
  /** What a record says, as JSON can hold it. */
  readonly digest: (record: T, folder: string) => Promise<D>;
  readonly keep: (digest: D) => K;
  /** What stands beside the record and is in its digest. */
  readonly beside?: readonly string[];
  /** Where digests are kept for the next process. */
  readonly file?: KeptRecords;
}

/** What is kept of each record of a folder, read again only where its files may have changed. */
export class RecordIndex<T extends OwnedRecord & { finished: string | null }, D, K> {
  readonly #folders: RecordFolders<T>;
  readonly #keeping: Keeping<T, D, K>;
  readonly #entries = new Map<string, Entry<K>>();
  #opened = false;
  /** How far the looks at complete records have come among them. */
  #looked = 0;

  constructor(folders: RecordFolders<T>, keeping: Keeping<T, D, K>) {
    this.#folders = folders;
    this.#keeping = keeping;
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
    if (!this.#opened) await this.#keeping.file?.open();
    this.#opened = true;
    const ids = await this.#folders.ids();
    const there = new Set(ids);
    const removed = [...this.#entries.keys()].filter((id) => !there.has(id));
    for (const id of removed) this.#entries.delete(id);
    const isComplete = (id: string) => this.#entries.get(id)?.complete === true;
    const open = [...ids.filter((id) => !isComplete(id)), ...this.#inTurn(ids.filter(isComplete), complete)];
    const taken = open.filter((id) => !this.#entries.has(id) && this.#take(id, this.#stampOf(id)));
    const takenIds = new Set(taken);
    const changed = [...taken];
    const unread = open.filter((id) => !takenIds.has(id));
    do {
      const some = unread.splice(0, portion);
      const areOthers = await mapConcurrently(some, filesAtOnce, (id) => this.#reread(id));
      changed.push(...some.filter((_, i) => areOthers[i]));
      await this.#keeping.file?.save(there);
    } while (unread.length > 0);
    return { changed, removed };
  }

  #stampOf(id: string): FileStamp | null {
    const folder = this.#folders.folder(id);
    const beside = this.#keeping.beside ?? [];
    return fileStamp([this.#folders.file(folder), ...beside.map((name) => join(folder, name))]);
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
    const before = this.#entries.get(id);
    const { digest, keep, file } = this.#keeping;
    const found = this.#stampOf(id);
    const stamp = found?.text ?? null;
    const unchanged = before?.stamp === stamp && stamp !== null;
    if (unchanged && (before.ended || before.damaged !== null)) return false;
    const result = await this.#folders.read(id);
    if ('damaged' in result) {
      this.#entries.set(id, { stamp, kept: null, damaged: result.damaged, ended: false, complete: false });
      return before?.damaged?.reason !== result.damaged.reason;
    }
    const said = await digest(result.record, this.#folders.folder(id));
    const kept = keep(said);
    const { state, finished } = result.record;
    const ended = finished !== null;
    const complete = ended && isComplete(state);
    this.#entries.set(id, { stamp, kept, damaged: null, ended, complete });
    if (file && ended && found !== null && isWholeId(id)) {
      file.keep(id, { stamp: found.text, complete, json: JSON.stringify(said) }, found.changedMs);
    }
    return !before?.kept || JSON.stringify(before.kept) !== JSON.stringify(kept);
  }

  /** Takes over what an earlier process has kept of a record whose files have this stamp; false where there is nothing. */
  #take(id: string, stamp: FileStamp | null): boolean {
    const found = stamp && this.#keeping.file?.find(id, stamp.text);
    if (!found) return false;
    try {
      const kept = this.#keeping.keep(JSON.parse(found.json) as D);
      this.#entries.set(id, {
        stamp: found.stamp,
        kept,
        damaged: null,
        ended: true,
        complete: found.complete,
      });
      return true;
    } catch {
      return false;
    }
  }
}
