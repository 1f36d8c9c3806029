import { freemem, totalmem } from 'node:os';

/** Bytes that this process can still take: free on the machine, or left of what its container may have. */
export function availableMemory(): number {
  const rss = process.memoryUsage.rss();
  // macOS calls memory free only when nothing at all is in it; what it can hand out is far more.
  const onMachine = process.platform === 'darwin' ? totalmem() - rss : freemem();
  const limit = process.constrainedMemory();
  // Without a limit Node says 0 or a number beyond all memory. A container's files count against its limit until the
  // memory is needed, so its own account of what is left would be too low.
  return limit > 0 && limit < totalmem() ? Math.min(onMachine, limit - rss) : onMachine;
}
