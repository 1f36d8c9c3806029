import { randomUUID } from 'node:crypto';
import { openStore, type FileStore, type StoreIndex } from '@thaw/tracking';
import { runsDir } from './runs-dir.ts';

interface Shared {
  readonly store: FileStore;
  readonly index: StoreIndex;
  /** Tells the versions of this index from those of an earlier server's. */
  readonly instance: string;
}

// Next.js may load this file once for each route, but there is to be one index.
const holder = globalThis as typeof globalThis & { thawStore?: Shared };

function shared(): Shared {
  if (!holder.thawStore) {
    const store = openStore(runsDir());
    holder.thawStore = { store, index: store.index(), instance: randomUUID() };
  }
  return holder.thawStore;
}

/** What tracking holds, in the folder that the server was started with. */
export function store(): FileStore {
  return shared().store;
}

/** The same in memory, as the disk has it now. */
export async function index(): Promise<StoreIndex> {
  await shared().index.refresh();
  return shared().index;
}

/** Has the next reader look at the disk, because something was written. */
export function changed(): void {
  shared().index.expire();
}

/** A version of the index as a text that no other server gives. */
export function cursorOf(version: number): string {
  return `${shared().instance}.${version}`;
}

/** The version that a cursor stands for; 0, before all changes, for another server's. */
export function versionOf(cursor: string | undefined): number {
  const [instance, version] = cursor?.split('.') ?? [];
  return instance === shared().instance ? Number(version) : 0;
}
