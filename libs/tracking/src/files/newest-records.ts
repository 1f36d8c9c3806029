import { byAge } from './by-age.ts';
import { isWholeId } from './ids.ts';
import type { Damaged } from './read-record.ts';
import type { OwnedRecord, RecordFolders } from './record-folders.ts';

export interface NewestRecords<T> {
  /** The newest first. */
  readonly records: readonly T[];
  /** Of those that were looked at. */
  readonly damaged: readonly Damaged[];
  /** How many were looked at, wanted or not. */
  readonly looked: number;
  /** Whether there are older ones that nobody looked at. */
  readonly isCut: boolean;
}

/**
 * The `count` newest records that are `wanted`, as `all` orders them. Ids begin with the time at which a record came to the store, and
 * none was created later than that; so where older ids cannot bring a newer record, they are not read.
 */
export async function newestRecords<T extends OwnedRecord>(
  folders: RecordFolders<T>,
  count: number,
  wanted: (record: T) => Promise<boolean>,
): Promise<NewestRecords<T>> {
  const ids = (await folders.ids()).toReversed();
  const records: T[] = [];
  const damaged: Damaged[] = [];
  let looked = 0;
  let isCut = false;
  for (const id of ids) {
    if (records.length >= count && looked % count === 0 && isWholeId(id)) {
      const time = endOfSecond(id);
      isCut = records.filter(({ created }) => Date.parse(created) > time).length >= count;
      if (isCut) break;
    }
    looked++;
    const result = await folders.read(id);
    if ('damaged' in result) damaged.push(result.damaged);
    else if (await wanted(result.record)) records.push(result.record);
  }
  return {
    records: records.sort((a, b) => byAge(b, a)).slice(0, count),
    damaged,
    looked,
    isCut: isCut || records.length > count,
  };
}

/** The last moment of the second that an id begins with, in ms since 1970. */
function endOfSecond(id: string): number {
  const [year, month, day, hour, minute, second] = /^(....)(..)(..)-(..)(..)(..)/
    .exec(id)!
    .slice(1)
    .map(Number);
  return Date.UTC(year!, month! - 1, day, hour, minute, second, 999);
}
