import { PlainProgress } from './plain-progress.ts';
import type { Progress, ProgressOptions } from './progress.ts';
import { TerminalProgress } from './terminal-progress.ts';

/** Bars where the stream is a terminal, else plain lines. */
export function createProgress(options: ProgressOptions): Progress {
  return options.stream.isTTY ? new TerminalProgress(options) : new PlainProgress(options);
}
