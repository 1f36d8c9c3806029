import * as z from 'zod';

export type ApiMethod = 'get' | 'post' | 'patch' | 'delete';

/** One thing that the REST API does: what its route handler, its client and its documentation agree on. */
export interface Operation<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  readonly id: string;
  readonly method: ApiMethod;
  /** Below `/api/v1`; `{name}` for a parameter. */
  readonly path: `/${string}`;
  readonly summary: string;
  /** What the summary leaves out, such as limits; Markdown. */
  readonly description?: string;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body | null;
  /** A form (multipart/form-data) that may be brought instead of the body. */
  readonly form?: z.ZodType;
  readonly answer: Answer;
  /** The media type of an answer that is not JSON. */
  readonly answerType?: string;
  /** Of one that is not asked by GET: it changes nothing, so that servers that only show answer it, too. */
  readonly changesNothing?: true;
}

export const apiBase = '/api/v1';

const empty = z.object({});
type EmptyObject = typeof empty;

/** Says what an operation has, with nothing for the parts that it leaves out. */
export function operation<
  Params extends z.ZodObject = EmptyObject,
  Query extends z.ZodObject = EmptyObject,
  Body extends z.ZodType = z.ZodType<null>,
  Answer extends z.ZodType = z.ZodType,
>(
  parts: Pick<Operation, 'id' | 'method' | 'path' | 'summary'> & {
    params?: Params;
    query?: Query;
    body?: Body;
    description?: string;
    form?: z.ZodType;
    answer: Answer;
    answerType?: string;
    changesNothing?: true;
  },
): Operation<Params, Query, Body, Answer> {
  return {
    params: empty as unknown as Params,
    query: empty as unknown as Query,
    ...parts,
    body: parts.body ?? null,
  };
}
