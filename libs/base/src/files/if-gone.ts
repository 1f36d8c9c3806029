/** What to catch with where a file or folder may not be there, as another process may remove it at any time: `value` then. */
export function ifGone<T>(value: T): (error: unknown) => T {
  return (error) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return value;
    throw error;
  };
}
