import type { ErrorKind, Notice, Remedy } from '@thaw/base';
import type { JobKind, JobProgress, Jobs } from './job.ts';
import type { SweepOrder, SweepSession } from './sweep-session.ts';

/** What the process of a job is told. */
export type JobOrder =
  | {
      readonly type: 'start';
      readonly kind: JobKind;
      readonly request: Jobs[JobKind]['request'];
      readonly runsDir: string;
    }
  | { readonly type: 'cancel' }
  | { readonly type: 'steer'; readonly order: SweepOrder };

/** What it tells. */
export type JobMessage =
  | { readonly type: 'progress'; readonly progress: JobProgress }
  | { readonly type: 'notice'; readonly notice: Notice }
  | { readonly type: 'log'; readonly text: string }
  | { readonly type: 'session'; readonly session: SweepSession }
  | { readonly type: 'finished'; readonly outcome: Jobs[JobKind]['outcome'] }
  | { readonly type: 'cancelled' }
  | { readonly type: 'failed'; readonly error: JobFailure };

/** An error on its way between processes; `user` where it was a UserError. */
export interface JobFailure {
  readonly message: string;
  readonly user: { readonly kind: ErrorKind; readonly remedy: Remedy | null } | null;
  readonly stack: string | null;
}
