/** A call of `node:fs/promises` for a file whose name ends as said: `rename` to it, or `writeFile` of it. */
export interface KillPoint {
  readonly call: 'mkdir' | 'open' | 'rename' | 'writeFile';
  /** A regular expression. */
  readonly path: string;
}

/** The environment in which a program is killed by SIGKILL as it is about to make such a call. */
export function killAt(point: KillPoint): NodeJS.ProcessEnv {
  const preload = new URL('./kill-here.mjs', import.meta.url).href;
  return { ...process.env, NODE_OPTIONS: `--import ${preload}`, THAW_KILL_AT: JSON.stringify(point) };
}
