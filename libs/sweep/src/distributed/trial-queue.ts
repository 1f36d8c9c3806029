import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { UserError, type Remedy } from '@thaw/base';
import { devices, engineNames } from '@thaw/compute';
import type { RedisOptions } from 'bullmq';
import * as z from 'zod';
import type { TrialJob } from '../executors/executor.ts';

/** All sweeps share one queue, so that any worker serves any of them. */
export const queueName = 'thaw-trials';

/** A worker that is silent for so long has lost its trial. Longer than most cuts of a network, and than a reboot takes. */
export const leaseMs = 60_000;

/** What a queue that refuses is mended by. */
export const changeQueue: Remedy = { do: 'change', input: 'queue' };

const leastTokenLength = 16;

/** A trial as it waits in the queue. */
export interface QueuedTrial {
  readonly job: Omit<TrialJob, 'runsDir' | 'cacheDir' | 'sharedCores'>;
  /** Whether a pruner judges its epochs. */
  readonly asks: boolean;
  /** The address of the sweep's tracker. */
  readonly tracker: string;
}

/** A queued trial with a seal that only who knows the token can make: a worker sends its token to no address that others name. */
export interface SealedTrial {
  readonly body: string;
  readonly seal: string;
}

const queuedSchema = z.object({
  job: z.object({
    sweep: z.string().regex(/^[\w-]+$/),
    number: z.number().int().nonnegative(),
    parameters: z.record(z.string(), z.unknown()),
    settings: z.looseObject({}),
    engine: z.enum(engineNames),
    device: z.enum(devices),
    fingerprint: z.string(),
    weightsSha256: z.string().optional(),
    test: z.boolean().default(true),
  }),
  asks: z.boolean(),
  tracker: z.url({ protocol: /^https?$/ }),
});

export function sealTrial(trial: QueuedTrial, token: string): SealedTrial {
  const body = JSON.stringify(trial);
  return { body, seal: sealOf(body, token) };
}

/** Throws UserError for a trial that was sealed with another token, or by another version. */
export function openTrial({ body, seal }: SealedTrial, token: string): QueuedTrial {
  const [given, expected] = [Buffer.from(String(seal)), Buffer.from(sealOf(String(body), token))];
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new UserError(
      'a trial in the queue was sealed with another token: THAW_TOKEN must be the same for the sweep and all its workers',
    );
  }
  const result = queuedSchema.safeParse(JSON.parse(body));
  // The seal says that a sweep has written it, whose settings were checked.
  if (result.success) return result.data as unknown as QueuedTrial;
  throw new UserError(
    'a trial in the queue is from another version of Thaw: the sweep and all its workers must have the same version',
    { kind: 'conflict' },
  );
}

/** The secret that the sweep and its workers share, from THAW_TOKEN. Throws UserError where it is missing or too short. */
export function requireToken(token = process.env.THAW_TOKEN): string {
  if (token !== undefined && token.length >= leastTokenLength) return token;
  const found = token === undefined ? 'nothing' : `${token.length} characters`;
  throw new UserError(
    `THAW_TOKEN: found ${found}; allowed: a secret of ${leastTokenLength} characters or more, the same for the sweep and its workers, for instance from: openssl rand -hex 16`,
  );
}

/**
 * How BullMQ connects; with `certificates`, a file, to a Redis whose certificate these have signed. Throws UserError for what is no
 * address of a Redis, and for a file that cannot be read.
 */
export function redisConnection(queue: string, certificates = process.env.THAW_QUEUE_CA): RedisOptions {
  if (!URL.canParse(queue) || !/^rediss?:$/.test(new URL(queue).protocol)) {
    throw new UserError(
      `queue: found ${JSON.stringify(queue)}; allowed: the address of a Redis, such as redis://localhost:6379, or rediss:// for one with TLS`,
      { remedy: changeQueue },
    );
  }
  const isTrusted =
    certificates !== undefined && certificates !== '' && new URL(queue).protocol === 'rediss:';
  return {
    url: queue,
    // Redis may be away for a while; nothing is given up for that.
    maxRetriesPerRequest: null,
    // What BullMQ would say of a Redis at each connection, checkRedis says once.
    skipVersionCheck: true,
    ...(isTrusted && { tls: { ca: readCertificates(certificates) } }),
  };
}

function readCertificates(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(
      `THAW_QUEUE_CA: found ${file}, which cannot be read (${code ?? String(error)}); allowed: a file of certificates in PEM that the Redis's own is signed by`,
    );
  }
}

/** What to say of a Redis that does not let in who asks like this, or does not let them use it; null for any other error of its client. */
export function redisRefusal({ message, ...error }: Error & { readonly code?: string }): string | null {
  if (/^NOPERM\b/.test(message)) {
    return `queue: found a user who may not use this Redis as a queue (${message}); allowed: one who may run all commands (+@all) on the keys ~bull:${queueName}:*`;
  }
  if (/^(NOAUTH|WRONGPASS)\b/.test(message)) {
    return 'queue: found no password that this Redis takes; allowed: redis://:PASSWORD@HOST:PORT, or redis://USER:PASSWORD@HOST:PORT';
  }
  const code = error.code ?? '';
  if (/CERT|UNABLE_TO/.test(code)) {
    return `queue: found a Redis whose certificate is not trusted here (${code}); allowed: one for this host, signed by a known authority or by the certificates in the file that THAW_QUEUE_CA names`;
  }
  return null;
}

/** An address as it may be shown. */
export function withoutPassword(queue: string): string {
  return queue.replace(/\/\/.*@/, '//');
}

function sealOf(body: string, token: string): string {
  return createHmac('sha256', token).update(body).digest('hex');
}
