import { isReadingCall } from '@thaw/tracking/mlflow';
import { operations } from '../api/operations.ts';
import { pathParameters } from '../api/path-parameters.ts';
import type { GuardedRequest, Refusal } from './guard.ts';
import { apiPath } from './mlflow/mlflow-path.ts';

const reading = operations.filter(({ changesNothing }) => changesNothing);

/** Why a server that only shows refuses a request; null for one that changes nothing. What is not known to read counts as changing. */
export function readOnlyRefusal({ method, url }: Pick<GuardedRequest, 'method' | 'url'>): Refusal | null {
  if (method === 'GET' || method === 'HEAD' || isReadingCall(method, mlflowCall(url))) return null;
  const isReading = reading.some(
    (operation) => operation.method === method.toLowerCase() && pathParameters(operation.path, url) !== null,
  );
  if (isReading) return null;
  return { status: 403, detail: 'this server was started with --read-only: it changes nothing' };
}

/** The call of MLflow's API that an address asks for; empty for others. */
function mlflowCall(url: string): string {
  const { pathname } = new URL(url, 'http://localhost');
  return pathname.startsWith(apiPath) ? pathname.slice(apiPath.length) : '';
}
