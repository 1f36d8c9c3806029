import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '@thaw/base';
import { Queue } from 'bullmq';
import { changeQueue, queueName, redisConnection, redisRefusal } from './trial-queue.ts';

/** How long a Redis may take to say that it refuses. */
const patienceMs = 5000;

/**
 * Throws UserError for a Redis that does not let in who asks like this, or does not let them use the queue. One that does not
 * answer is none of these: it may come back, and trials wait for it.
 */
export async function checkRedis(queue: string): Promise<void> {
  const connection = new Queue(queueName, { connection: redisConnection(queue), skipMetasUpdate: true });
  const failed = new Promise<Error>((resolve) => connection.on('error', resolve));
  // Like all that a queue does, this is a script that touches the queue's keys.
  const used = connection.getJobCounts('waiting').then(
    () => null,
    (error: unknown) => error as Error,
  );
  const giveUp = new AbortController();
  const silent = sleep(patienceMs, null, { signal: giveUp.signal }).catch(() => null);
  const error = await Promise.race([failed, used, silent]);
  giveUp.abort();
  void connection.close().catch(() => undefined);
  const refusal = error && redisRefusal(error);
  if (refusal !== null) throw new UserError(refusal, { remedy: changeQueue });
}
