/** The name's part of a sweep's id; what is no sweep's id stays as it is. */
export function nameInSweepId(id: string): string {
  return id.replace(/^\d{8}-\d{6}-/, '').replace(/-[a-z0-9]{4}$/, '');
}

/** The name's part of a run's id; null for what is no run's id. */
export function nameInRunId(id: string): string | null {
  return /^\d{8}-\d{6}-(.*)-\d{3,}-[a-z0-9]{4}$/.exec(id)?.[1] ?? null;
}
