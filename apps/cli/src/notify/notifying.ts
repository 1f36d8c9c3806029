import { notification } from '@thaw/analysis/recorded';
import { postJson, UserError, type PostAddress, type PostOptions } from '@thaw/base';
import type { RunStore } from '@thaw/tracking';
import { inWords } from '../remedy-text.ts';
import { commandHint } from '../report/command-hint.ts';

export interface NotifyingOptions extends PostOptions {
  readonly address: PostAddress | null;
  readonly sweep: string;
  readonly runsDir: string;
}

/** Runs a sweep that has begun, and tells an address how it ended. That nobody is told is a warning. */
export async function notifying<T>(
  store: Pick<RunStore, 'sweep'>,
  { address, sweep, runsDir, ...options }: NotifyingOptions,
  run: () => Promise<T>,
): Promise<T> {
  if (address === null) return run();
  const command = commandHint(`sweeps show ${sweep}`, runsDir);
  const tell = async (error: string | null) => {
    try {
      await postJson(address, notification(await store.sweep(sweep), { command, error }), options);
    } catch (failed) {
      const why =
        failed instanceof UserError ? failed.message : `${address.origin}: the record cannot be read`;
      process.stderr.write(`Nobody was notified of the end of the sweep: ${why}\n`);
    }
  };
  let result: T;
  try {
    result = await run();
  } catch (error) {
    await tell(error instanceof UserError ? inWords(error) : 'a defect in Thaw');
    throw error;
  }
  await tell(null);
  return result;
}
