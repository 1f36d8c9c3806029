import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '@thaw/base';
import { Queue } from 'bullmq';
import { changeQueue, queueName, redisConnection, redisRefusal } from './trial-queue.ts';

/** How long a Redis may take to say that it refuses. */
const patienceMs = 5000;

/** BullMQ's scripts need this one or newer. */
const oldestRedis = 5;

/**
 * What the user should know of this Redis; null for nothing. Throws UserError for one that does not let in who asks like this, does
 * not let them use the queue, or is too old. One that does not answer is none of these: it may come back, and trials wait for it.
 */
export async function checkRedis(queue: string): Promise<string | null> {
  const connection = new Queue(queueName, { connection: redisConnection(queue), skipMetasUpdate: true });
  const failed = new Promise<Error>((resolve) => connection.on('error', resolve));
  // Like all that a queue does, this is a script that touches the queue's keys.
  const used = connection.getJobCounts('waiting').then(
    () => informationOf(connection),
    (error: unknown) => error as Error,
  );
  const giveUp = new AbortController();
  const silent = sleep(patienceMs, null, { signal: giveUp.signal }).catch(() => null);
  const found = await Promise.race([failed, used, silent]);
  giveUp.abort();
  void connection.close().catch(() => undefined);
  if (found === null) return null;
  const refusal = found instanceof Error ? redisRefusal(found) : tooOld(found);
  if (refusal !== null) throw new UserError(refusal, { remedy: changeQueue });
  return found instanceof Error ? null : evictionRemark(found);
}

/** What a Redis says of itself; empty where it does not say it to this user. */
async function informationOf(connection: Queue): Promise<string> {
  const client = await connection.backend.client;
  return client.info().catch(() => '');
}

/** Valkey, too, says which Redis it is like. */
function tooOld(information: string): string | null {
  const version = /^redis_version:(\d+)\S*/m.exec(information);
  if (version === null || Number(version[1]) >= oldestRedis) return null;
  const found = version[0].split(':')[1]!;
  return `queue: found Redis ${found}; allowed: Redis ${oldestRedis} or newer, or Valkey`;
}

function evictionRemark(information: string): string | null {
  const policy = /^maxmemory_policy:(\S+)/m.exec(information)?.[1];
  if (policy === undefined || policy === 'noeviction') return null;
  return `this Redis drops keys when its memory is full (maxmemory-policy ${policy}): trials that wait may be lost, and are then put into the queue again; noeviction is the policy for a queue`;
}
