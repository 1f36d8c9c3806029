import { duration } from '../words/format.ts';

/** How far a download or an unpacking is. */
export interface TransferState {
  update(doneBytes: number, totalBytes: number | null): void;
  /** Between 0 and 1; 0 while the total is not known. */
  fraction(): number;
  text(): string;
}

/** Counts what comes of `title` from its first `update` on. `now` is the time in milliseconds. */
export function transferState(title: string, now: () => number): TransferState {
  let done = 0;
  let total: number | null = null;
  let start: { bytes: number; time: number } | null = null;
  return {
    update(doneBytes, totalBytes) {
      // What an earlier attempt brought is not part of the rate; fewer bytes than before: it began anew.
      if (start === null || doneBytes < done) start = { bytes: doneBytes, time: now() };
      done = doneBytes;
      total = totalBytes;
    },
    fraction: () => (total ? done / total : 0),
    text() {
      const seconds = start === null ? 0 : (now() - start.time) / 1000;
      const rate = seconds > 0 ? (done - start!.bytes) / seconds : 0;
      const parts = [
        total === null ? `${megabytes(done)} MB` : `${megabytes(done)} of ${megabytes(total)} MB`,
      ];
      if (rate > 0) parts.push(`${megabytes(rate)} MB/s`);
      if (rate > 0 && total !== null && total > done) parts.push(`${duration((total - done) / rate)} left`);
      return `${title}: ${parts.join(', ')}`;
    },
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
