import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../api/operation.ts';
import { openApi } from '../api/openapi.ts';
import { besideNext, operations } from '../api/operations.ts';

const routes = join(import.meta.dirname, '../app/api/v1');

describe('the REST API', () => {
  it('has a route for each documented operation, and documents each route', async () => {
    const files = (await readdir(routes, { recursive: true })).filter((file) => file.endsWith('route.ts'));
    const implemented: string[] = [];
    for (const file of files) {
      const path = `/${file.replace(/\/?route\.ts$/, '')}`.replace(/\[(?:\.\.\.)?(\w+)\]/g, '{$1}');
      const handlers = (await import(join(routes, file))) as object;
      for (const method of Object.keys(handlers)) implemented.push(`${method.toLowerCase()} ${path}`);
    }
    const named = (list: readonly Pick<Operation, 'method' | 'path'>[]) =>
      list.map(({ method, path }) => `${method} ${path}`);
    expect([...named(operations), 'get /openapi.json'].sort()).toEqual(
      [...implemented, ...named(besideNext)].sort(),
    );
  });

  it('has an OpenAPI document with every operation', () => {
    const { paths = {} } = openApi();
    const ids = Object.values(paths).flatMap((path) =>
      Object.values(path).map((each) => (each as { operationId?: string }).operationId),
    );
    expect(ids.sort()).toEqual(operations.map(({ id }) => id).sort());
  });

  it('documents predictions in all three forms, with their limits', () => {
    const { paths = {}, components } = openApi();
    const { requestBody, description } = paths['/models/{model}/predict']!.post!;
    const { content } = requestBody as { content: Record<string, unknown> };
    expect(Object.keys(content)).toEqual(['multipart/form-data', 'application/json']);
    expect(Object.keys(components!.schemas!)).toEqual(
      expect.arrayContaining(['TensorFlowServingRequest', 'OpenInferenceRequest']),
    );
    expect(description).toMatch(/20 MB a request; 32 images; 10 MB and\n50 million pixels an image/);
  });
});
