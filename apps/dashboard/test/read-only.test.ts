import { describe, expect, it } from 'vitest';
import { apiBase } from '../api/operation.ts';
import { operations } from '../api/operations.ts';
import { readOnlyRefusal } from '../server/read-only.ts';

const isRefused = (method: string, url: string) => readOnlyRefusal({ method, url })?.status === 403;

describe('a server that only shows', () => {
  it('answers what reads and refuses whatever else the API does', () => {
    const answered = operations.filter(
      ({ method, path }) => !isRefused(method.toUpperCase(), `${apiBase}${path.replaceAll(/[{}]/g, '')}`),
    );
    const reading = ['predict', 'explain', 'checkExperiment'];
    expect(answered.map(({ id }) => id)).toEqual(
      operations.filter(({ id, method }) => method === 'get' || reading.includes(id)).map(({ id }) => id),
    );
  });

  it.each([
    ['POST', '/api/2.0/mlflow/runs/search', false],
    ['POST', '/api/2.0/mlflow/experiments/search', false],
    ['GET', '/api/2.0/mlflow/runs/get?run_id=1', false],
    ['GET', '/api/2.0/mlflow-artifacts/artifacts/1/a.txt', false],
    ['POST', '/api/2.0/mlflow/runs/create', true],
    ['POST', '/api/2.0/mlflow/runs/log-batch', true],
    ['POST', '/api/2.0/mlflow/runs/search/../create', true],
    ['DELETE', '/api/2.0/mlflow/logged-models/search', true],
    ['PUT', '/api/2.0/mlflow-artifacts/artifacts/1/a.txt', true],
    ['POST', '/api/v1/experiments/check?x=1', false],
    ['PUT', '/api/v1/experiments/check', true],
    ['POST', '/api/v1/models/m@champion/predict', false],
    ['POST', '/', true],
  ])('%s %s is refused: %s', (method, url, refused) => {
    expect(isRefused(method, url)).toBe(refused);
  });
});
