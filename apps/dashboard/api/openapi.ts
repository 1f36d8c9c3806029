import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { apiBase, type Operation } from './operation.ts';
import { operations } from './operations.ts';
import { problemType } from './problem.ts';
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
          default: {
            description: 'It could not be done; `detail` says why',
            content: { [problemType]: { schema: problemSchema } },
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

function requestBody({ body, form }: Operation): Pick<ZodOpenApiOperationObject, 'requestBody'> {
  if (!body && !form) return {};
  const content = {
    ...(form && { 'multipart/form-data': { schema: form } }),
    ...(body && { 'application/json': { schema: body } }),
  };
  return { requestBody: { content, required: true } };
}
