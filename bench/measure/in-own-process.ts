import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * Sends options to a script of this folder in a process of its own, so that memory is its own, too, and returns its answer.
 * The script answers with one message.
 */
export async function inOwnProcess<Answer>(script: string, options: object): Promise<Answer> {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), { execArgv: ['--import', 'tsx'] });
  child.send(options);
  const died = once(child, 'exit').then(([code]) => {
    throw new Error(`${script} ended with exit code ${String(code)} before it answered`);
  });
  died.catch(() => undefined);
  const [answer] = (await Promise.race([once(child, 'message'), died])) as [Answer];
  return answer;
}

/** The script's half: answers the one message that it gets. */
export function answer<Options>(work: (options: Options) => Promise<object>): void {
  process.once('message', (options) => {
    void work(options as Options).then((result) => {
      process.send!(result, () => process.disconnect());
    });
  });
}
