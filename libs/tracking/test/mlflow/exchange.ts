import { expect } from 'vitest';
import { MlflowApi, MlflowError } from '../../src/mlflow/index.ts';

/** An answer as a table says it: the body, or the error's code and message. */
export type Answered = object | { error: string; message: string };

/** A fresh server without HTTP. Times start at 2026-01-01 and go on by a second a look. */
export function mlflow(runsDir: string) {
  let time = Date.parse('2026-01-01T00:00:00Z');
  const api = new MlflowApi(runsDir, () => new Date((time += 1000)));
  const ask = async (
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    call: string,
    fields: unknown,
  ): Promise<Answered> => {
    try {
      return await api.answer(method, call, fields);
    } catch (error) {
      if (error instanceof MlflowError) return { error: error.code, message: error.message };
      throw error;
    }
  };
  const post = (call: string, fields: unknown) => ask('POST', call, fields);
  const get = (call: string, fields: unknown) => ask('GET', call, fields);
  const newRun = async (fields: object = {}): Promise<string> => {
    const { run } = (await post('runs/create', { start_time: 1000, ...fields })) as {
      run: { info: { run_id: string } };
    };
    return run.info.run_id;
  };
  return { runsDir, api, ask, get, post, newRun };
}

export const refused = (message: string | RegExp = /./) => ({
  error: 'INVALID_PARAMETER_VALUE',
  message: expectText(message),
});

export const absent = (message: string | RegExp = /./) => ({
  error: 'RESOURCE_DOES_NOT_EXIST',
  message: expectText(message),
});

function expectText(message: string | RegExp): unknown {
  return typeof message === 'string' ? expect.stringContaining(message) : expect.stringMatching(message);
}
