/**
 * What `work` gives, or null where it has given nothing `graceMs` after the worker was told to stop (after now, where that was
 * before). Rejects as `work` does.
 */
export function unlessStopped<T>(
  work: Promise<T>,
  stopping: AbortSignal,
  graceMs: number,
): Promise<T | null> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const begin = () => {
      timer = setTimeout(resolve, graceMs, null);
    };
    if (stopping.aborted) begin();
    else stopping.addEventListener('abort', begin, { once: true });
    void work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      stopping.removeEventListener('abort', begin);
    });
  });
}
