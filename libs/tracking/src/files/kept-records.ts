import { open } from 'node:fs/promises';
import { readIfThere, writeFileAtomic } from '@thaw/base';
import type { Clock } from './heartbeat.ts';

/** To be raised whenever lines hold something else: files with another number count for nothing. */
const head = 'thaw records 3\n';

/** A file that was written so short a time before it was read may have been written again since, at what counts as the same time. */
const ripeMs = 2_000;

/** How many lines there may be for each record that is still there before the file is written anew. */
const mostLines = 2;

/** What is kept of a record that its owner has ended. */
export interface KeptRecord {
  /** Of its files, before `json` was read from them. */
  readonly stamp: string;
  /** It came to its end, so that nobody takes it up again. */
  readonly complete: boolean;
  readonly json: string;
}

/**
 * What was read of records, in one file, for the next process: to ask whether thousands of small files have changed takes a tenth
 * of the time of reading them. It has a line a record; of several the last counts, and one whose record's files have another stamp
 * by now counts for nothing, like one that breaks off. So the file may be cut, copied or removed at any time, two processes may add
 * to it, and where it cannot be written there is none.
 */
export class KeptRecords {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #fewest: number;
  #text = '';
  /** From where to where in the text the file had what of a record; null once all records were looked at. */
  #known: Map<string, readonly [from: number, end: number]> | null = null;
  #lines = 0;
  /** Behind a line that breaks off a new one is begun. */
  #isCut = false;
  readonly #unsaved = new Map<string, KeptRecord & { readonly changedMs: number }>();

  /** Fewer records than `fewest` are read as quickly as the file. */
  constructor(path: string, clock: Clock, fewest = 200) {
    this.#path = path;
    this.#clock = clock;
    this.#fewest = fewest;
  }

  /** Reads the file, before the first `find`. */
  async open(): Promise<void> {
    const text = (await readIfThere(this.#path).catch(() => null)) ?? '';
    this.#text = text;
    this.#isCut = text !== '' && !text.endsWith('\n');
    this.#known = new Map();
    if (!text.startsWith(head)) return;
    // Places and no copies of lines, of which many megabytes would be garbage.
    for (let from = head.length, end; (end = text.indexOf('\n', from)) >= 0; from = end + 1) {
      this.#lines++;
      const tab = text.indexOf('\t', from);
      if (tab > from && tab < end) this.#known.set(text.slice(from, tab), [tab + 1, end]);
    }
  }

  /** What the file has of a record whose files have this stamp. */
  find(id: string, stamp: string): KeptRecord | undefined {
    const [from, end] = this.#known?.get(id) ?? [0, 0];
    const at = from + stamp.length;
    if (end === 0 || !this.#text.startsWith(stamp, from) || this.#text[at] !== '\t') return undefined;
    const tab = this.#text.indexOf('\t', at + 1);
    if (tab < 0 || tab >= end) return undefined;
    const complete = this.#text.slice(at + 1, tab) === 'complete';
    return { stamp, complete, json: this.#text.slice(tab + 1, end) };
  }

  /** Has the next `save` write a record, whose files were changed at `changedMs`. */
  keep(id: string, record: KeptRecord, changedMs: number): void {
    this.#unsaved.set(id, { ...record, changedMs });
  }

  /** Writes what is new, where `there` are all records that there are. */
  async save(there: ReadonlySet<string>): Promise<void> {
    const known = [...(this.#known ?? [])].filter(([id]) => there.has(id));
    const isFirst = this.#known !== null;
    const text = this.#text;
    [this.#known, this.#text] = [null, ''];
    if (there.size < this.#fewest) return;
    const before = this.#clock().getTime() - ripeMs;
    const ripe = new Map([...this.#unsaved].filter(([, { changedMs }]) => changedMs < before));
    for (const id of ripe.keys()) this.#unsaved.delete(id);
    if (ripe.size === 0) return;
    const kept = known.filter(([id]) => !ripe.has(id));
    // Later on only what is new is at hand.
    const isAnew =
      isFirst && (this.#lines === 0 || this.#lines + ripe.size > mostLines * (kept.length + ripe.size));
    try {
      if (isAnew) {
        const old = kept.map(([id, [from, end]]) => `${id}\t${text.slice(from, end)}\n`);
        await writeFileAtomic(this.#path, head + old.join('') + linesOf(ripe));
      } else await append(this.#path, (this.#isCut ? '\n' : '') + linesOf(ripe));
      this.#isCut = false;
    } catch {
      // Whoever may only read a store reads its records each time.
    }
  }
}

/** In one piece: `appendFile` writes longer texts in several, between which those of another process may come. */
async function append(path: string, text: string): Promise<void> {
  const file = await open(path, 'a');
  try {
    await file.write(text);
  } finally {
    await file.close();
  }
}

function linesOf(records: Iterable<readonly [string, KeptRecord]>): string {
  return Array.from(
    records,
    ([id, { stamp, complete, json }]) => `${id}\t${stamp}\t${complete ? 'complete' : 'ended'}\t${json}\n`,
  ).join('');
}
