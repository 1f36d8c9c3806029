import { UserError } from '@thaw/base';
import type { Job } from '@thaw/sweep/jobs';
import type { JobDocument } from '../../api/operations/jobs.ts';
import { inWords } from '../../api/remedy-words.ts';

/** How far a job is, as the API says it. */
export function jobDocument({ status, notices }: Job): JobDocument {
  return {
    state: status.state,
    progress: status.state === 'running' ? status.progress : null,
    error: status.state === 'failed' ? inWords(status.error) : null,
    notes: notices.map(inWords),
  };
}

/** What nobody can mend from a page is for whoever reads the server's output. */
export function logDefect(status: Awaited<Job['ended']>): void {
  if (status.state === 'failed' && !(status.error instanceof UserError)) console.error(status.error);
}
