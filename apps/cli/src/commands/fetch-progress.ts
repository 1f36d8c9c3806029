import cliProgress from 'cli-progress';
import { transferState, type TransferState } from '@thaw/base';

export interface FetchProgress {
  readonly update: (doneBytes: number, totalBytes: number | null) => void;
  /** Ends the display, once; nothing is shown if nothing came. */
  readonly stop: () => void;
}

const lineEveryMs = 5000;

/**
 * Shows how far a download or an unpacking is: a bar with rate and time left on a terminal, otherwise a line at the start,
 * at most one every 5 seconds, and one at the end. `now` is the time in milliseconds.
 */
export function fetchProgress(
  title: string,
  stream: NodeJS.WritableStream & { isTTY?: boolean },
  now: () => number = Date.now,
): FetchProgress {
  const state = transferState(title, now);
  return stream.isTTY ? barProgress(state, stream) : lineProgress(state, stream, now);
}

function barProgress(state: TransferState, stream: NodeJS.WritableStream): FetchProgress {
  const bar = new cliProgress.SingleBar(
    {
      stream,
      hideCursor: true,
      barsize: 24,
      format: (options) => `${cliProgress.Format.BarFormat(state.fraction(), options)} ${state.text()}`,
    },
    cliProgress.Presets.shades_classic,
  );
  return {
    update(doneBytes, totalBytes) {
      state.update(doneBytes, totalBytes);
      if (!bar.isActive) bar.start(1, state.fraction());
      bar.update(state.fraction());
    },
    stop() {
      if (bar.isActive) bar.stop();
    },
  };
}

function lineProgress(state: TransferState, stream: NodeJS.WritableStream, now: () => number): FetchProgress {
  let last: { time: number; text: string } | null = null;
  const print = () => {
    const text = state.text();
    if (text !== last?.text) stream.write(`${text}\n`);
    last = { time: now(), text };
  };
  return {
    update(doneBytes, totalBytes) {
      state.update(doneBytes, totalBytes);
      if (last === null || now() - last.time >= lineEveryMs) print();
    },
    stop: () => {
      if (last !== null) print();
    },
  };
}
