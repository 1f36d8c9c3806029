import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi';
import { apiBase } from './operation.ts';
import { operations } from './operations.ts';
import { problemSchema } from './schemas.ts';

/** The OpenAPI 3.1 document of the REST API. */
export function openApi() {
  const paths: ZodOpenApiPathsObject = {};
  for (const {
    id,
    method,
    path,
    summary,
    params,
    query,
    body,
    answer,
    answerType = 'application/json',
  } of operations) {
    paths[path] = {
      ...paths[path],
      [method]: {
        operationId: id,
        summary,
        requestParams: { path: params, query },
        ...(body && { requestBody: { content: { 'application/json': { schema: body } } } }),
        responses: {
          200: { description: 'Done', content: { [answerType]: { schema: answer } } },
          default: {
            description: 'It could not be done; `detail` says why',
            content: { 'application/problem+json': { schema: problemSchema } },
          },
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
