import type { ErrorKind } from '@thaw/base';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
} from 'zod-openapi';
import { apiBase, type Operation } from './operation.ts';
import { operations } from './operations.ts';
import { problemType, statusOfKind } from './problem.ts';
import { problemSchema } from './schemas.ts';

/** The OpenAPI 3.1 document of the REST API. */
export function openApi() {
  const paths: ZodOpenApiPathsObject = {};
  for (const operation of operations) {
    const { id, method, path, summary, description, params, query, answer } = operation;
    const { answerType = 'application/json' } = operation;
    paths[path] = {
      ...paths[path],
      [method]: {
        operationId: id,
        summary,
        ...(description !== undefined && { description }),
        requestParams: { path: params, query },
        ...requestBody(operation),
        responses: {
          200: { description: 'Done', content: { [answerType]: { schema: answer } } },
          ...refusals(operation),
        },
      },
    };
  }
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Thaw',
      version: '1',
      description:
        'What the dashboard shows: sweeps, runs and their results. Figures that are no finite number are null.',
    },
    servers: [{ url: apiBase }],
    paths,
  });
}

/** What each kind of refusal means to who asks. */
const meanings: Record<ErrorKind, string> = {
  invalid: 'What was asked for is not allowed; `detail` says what is',
  'not-found': 'There is nothing of this name',
  conflict: 'It cannot be done now: something runs, is there already or has not come so far',
  deleted: 'It was deleted, and can be restored',
  damaged: 'A record or file cannot be read; `detail` names it',
  unavailable: 'Another program or machine, or room in memory, is missing now',
  'full-disk': 'The disk of the server is full',
};

/** The problems that an operation may answer with, by status. */
function refusals(operation: Operation): Record<string, ZodOpenApiResponseObject> {
  const content = { [problemType]: { schema: problemSchema } };
  const named = kindsOf(operation).map((kind) => [
    String(statusOfKind[kind]),
    { description: meanings[kind], content },
  ]);
  return {
    ...Object.fromEntries(named),
    default: { description: 'It could not be done; `detail` says why', content },
  };
}

function kindsOf({ method, path, params, query, body }: Operation): ErrorKind[] {
  const isNamed = Object.keys(params.shape).length > 0;
  const hasInput = isNamed || Object.keys(query.shape).length > 0 || body !== null;
  return [
    ...(hasInput ? (['invalid'] as const) : []),
    ...(isNamed ? (['not-found'] as const) : []),
    ...(method !== 'get' ? (['conflict'] as const) : []),
    ...(path.startsWith('/runs/{run}') ? (['deleted'] as const) : []),
    'damaged',
    'unavailable',
    ...(method !== 'get' ? (['full-disk'] as const) : []),
  ];
}

function requestBody({ body, form }: Operation): Pick<ZodOpenApiOperationObject, 'requestBody'> {
  if (!body && !form) return {};
  const content = {
    ...(form && { 'multipart/form-data': { schema: form } }),
    ...(body && { 'application/json': { schema: body } }),
  };
  const required = body === null || !body.safeParse(undefined).success;
  return { requestBody: { content, required } };
}
