import type { ServerResponse } from 'node:http';
import { MlflowError, type MlflowErrorCode } from '@thaw/tracking/mlflow';

/** As MLflow answers each; its clients send again what has 408, 429 or 5xx, whatever it was. */
const statusOf: Readonly<Record<MlflowErrorCode, number>> = {
  INVALID_PARAMETER_VALUE: 400,
  RESOURCE_ALREADY_EXISTS: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  RESOURCE_DOES_NOT_EXIST: 404,
  ENDPOINT_NOT_FOUND: 404,
  RESOURCE_CONFLICT: 409,
  INTERNAL_ERROR: 500,
  TEMPORARILY_UNAVAILABLE: 503,
};

/** Success is 200 with an object, also where there is nothing to say: clients take 201, 204 and an empty body for errors. */
export function answerJson(response: ServerResponse, body: object): void {
  write(response, 200, body);
}

/** An error in MLflow's form; what is no MlflowError is a defect, of which the server's output says more. */
export function answerError(response: ServerResponse, error: unknown): void {
  const known = error instanceof MlflowError;
  if (!known || error.cause !== undefined) console.error(known ? error.cause : error);
  const { code, message } = known
    ? error
    : new MlflowError('INTERNAL_ERROR', 'the server broke on this request; its output says where');
  write(response, statusOf[code], { error_code: code, message });
}

/** The same for what the server refuses before it looks at what is asked. */
export function answerRefusal(response: ServerResponse, status: number, message: string): void {
  const codes: Readonly<Record<number, MlflowErrorCode>> = {
    401: 'UNAUTHENTICATED',
    403: 'PERMISSION_DENIED',
  };
  const code = codes[status] ?? 'INVALID_PARAMETER_VALUE';
  write(response, status === 415 ? 400 : status, { error_code: code, message });
}

function write(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(text);
}
