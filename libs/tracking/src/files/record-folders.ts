import { writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type * as z from 'zod';
import { exists, isFullDisk, mapConcurrently, UserError, writeFolderAtomic } from '@thaw/base';
import { wasDeleted } from '../annotations/trash.ts';
import { isWholeId } from './ids.ts';
import { lastHeartbeat } from './heartbeat.ts';
import type { Clock } from './heartbeat.ts';
import { isOwnerAlive } from './owner.ts';
import type { Owner } from './owner.ts';
import { readRecord } from './read-record.ts';
import type { Damaged, ReadResult } from './read-record.ts';
import { recordText } from './record-file.ts';
import { resolveId } from './resolve-id.ts';
import { byAge } from './by-age.ts';

const filesAtOnce = 32;

export interface OwnedRecord {
  id: string;
  state: string;
  created: string;
  owner: Owner;
}

/** A folder with one folder for each record, whose `<kind>.json` is written by the record's owner alone. */
export class RecordFolders<T extends OwnedRecord> {
  readonly #path: string;
  readonly #kind: 'run' | 'sweep';
  readonly #schema: z.ZodType<T>;
  readonly #clock: Clock;
  readonly #complete: (folder: string, record: T) => T;

  /** `complete` adds to a record what other files of its folder say. */
  constructor(
    path: string,
    kind: 'run' | 'sweep',
    schema: z.ZodType<T>,
    clock: Clock,
    complete: (folder: string, record: T) => T = (_, record) => record,
  ) {
    this.#path = path;
    this.#kind = kind;
    this.#schema = schema;
    this.#clock = clock;
    this.#complete = complete;
  }

  folder(id: string): string {
    return join(this.#path, id);
  }

  /** Where the record itself stands. */
  file(folder: string): string {
    return join(folder, `${this.#kind}.json`);
  }

  /**
   * Makes a record's folder, whole or not at all, under the first id from `newRecord` that nobody uses. `fill` adds further files.
   * A UserError where the folder cannot be written.
   */
  async create(newRecord: () => T, fill: (temporary: string) => Promise<void>): Promise<T> {
    try {
      for (;;) {
        const record = newRecord();
        const made = await writeFolderAtomic(this.folder(record.id), async (temporary) => {
          await fill(temporary);
          // A run that has only begun does not wait for the disk: a power cut would cost it its epochs, too.
          const flush = this.#kind === 'sweep' || record.state !== 'running';
          writeFileSync(this.file(temporary), recordText(record), { flush });
        });
        if (made) return record;
      }
    } catch (error) {
      throw new UserError(`cannot write a ${this.#kind} to ${this.#path}: ${(error as Error).message}`, {
        kind: isFullDisk(error) ? 'full-disk' : 'unavailable',
        cause: error,
      });
    }
  }

  /**
   * All records, oldest first, and those that cannot be read. What starts with a dot is not looked at, nor is what `wanted`
   * rules out by its id.
   */
  async all(wanted: (id: string) => boolean = () => true): Promise<{ records: T[]; damaged: Damaged[] }> {
    const ids = (await this.ids()).filter(wanted);
    const results = await mapConcurrently(ids, filesAtOnce, (id) => this.read(id));
    const records = results.flatMap((result) => ('record' in result ? [result.record] : []));
    const damaged = results.flatMap((result) => ('damaged' in result ? [result.damaged] : []));
    return { records: records.sort(byAge), damaged };
  }

  /** The record that an id, an unambiguous beginning of one or `latest` names; a UserError where there is none. */
  async find(query: string): Promise<T> {
    if (query === 'latest') return this.#latest();
    const result = await this.read(await this.idOf(query));
    if ('record' in result) return result.record;
    throw new UserError(`${result.damaged.path} is damaged: ${result.damaged.reason}`, { kind: 'damaged' });
  }

  /** The id of the record that a query for `find` names, whether the record can be read or not; a UserError where there is none. */
  async idOf(query: string): Promise<string> {
    if (query === 'latest') return (await this.#latest()).id;
    // A whole id needs no look at the others, of which there may be thousands.
    if (isWholeId(query) && (await exists(this.folder(query)))) return query;
    if (await wasDeleted(this.#path, query))
      throw new UserError(`${this.#kind} ${query} was deleted`, { kind: 'deleted' });
    return resolveId(query, await this.ids(), this.#kind, this.#path);
  }

  async #latest(): Promise<T> {
    const { records, damaged } = await this.all();
    const latest = records.at(-1);
    if (latest !== undefined) return latest;
    const why = damaged.map(({ path, reason }) => `\n  ${path}: ${reason}`).join('');
    throw new UserError(
      `there is no latest ${this.#kind}: ${this.#path} holds no ${this.#kind}s${why && ` that can be read${why}`}`,
      { kind: 'not-found' },
    );
  }

  /** The names of the folders, sorted. */
  async ids(): Promise<string[]> {
    try {
      return (await readdir(this.#path)).filter((name) => !name.startsWith('.')).sort();
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return [];
      throw new UserError(`cannot list the ${this.#kind}s in ${this.#path}: ${message}`, {
        kind: 'unavailable',
      });
    }
  }

  /** A record that claims to be running although its owner is dead reads as interrupted. */
  async read(id: string): Promise<ReadResult<T>> {
    const read = () => readRecord(this.folder(id), `${this.#kind}.json`, this.#schema, this.#complete);
    const first = await read();
    if (!('record' in first) || (await this.#isLive(first.record))) return first;
    // The owner may have ended its record between our reading it and our looking for the owner.
    const second = await read();
    if (!('record' in second) || second.record.state !== 'running') return second;
    return { record: { ...second.record, state: 'interrupted' } };
  }

  async #isLive({ id, state, created, owner }: T): Promise<boolean> {
    if (state !== 'running') return true;
    const lastSign = (await lastHeartbeat(this.folder(id))) ?? new Date(created);
    return isOwnerAlive(owner, lastSign, this.#clock());
  }
}
