import { isFullDisk, UserError, type ErrorKind } from '@thaw/base';
import { inWords } from './remedy-words.ts';

/** How RFC 9457 names the document that says what is wrong with a request. */
export const problemType = 'application/problem+json';

/** A request that HTTP itself says cannot be answered (a body that is too large, say), and the status that says so. */
export class Problem extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The status of an answer that says what is wrong, by the kind of that. */
export const statusOfKind: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  'not-found': 404,
  conflict: 409,
  deleted: 410,
  damaged: 500,
  unavailable: 503,
  'full-disk': 507,
};

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  410: 'Deleted',
  413: 'Too large',
  415: 'Unsupported type',
  422: 'Unprocessable',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Unavailable',
  507: 'Disk full',
};

export interface ProblemDocument {
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}

/** What is said of a request that an error has ended; the server's output has more of what is a defect. */
export function problemOf(error: unknown): ProblemDocument {
  if (error instanceof Problem) return document(error.status, error.message);
  if (isFullDisk(error)) return document(statusOfKind['full-disk'], (error as Error).message);
  if (error instanceof UserError) return document(statusOfKind[error.kind], inWords(error));
  console.error(error);
  return document(500, 'the server broke on this request; its output says where');
}

function document(status: number, detail: string): ProblemDocument {
  return { title: titles[status] ?? 'Error', status, detail };
}
