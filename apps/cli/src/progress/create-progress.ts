import { ProgressLines } from '@thaw/sweep';
import type { Progress, ProgressOptions } from './progress.ts';
import { TerminalProgress } from './terminal-progress.ts';

/** Bars where the stream is a terminal, else plain lines. */
export function createProgress(options: ProgressOptions): Progress {
  const { stream, trials, clock } = options;
  if (stream.isTTY) return new TerminalProgress(options);
  return new ProgressLines({ trials, clock, write: (line) => stream.write(`${line}\n`) });
}
