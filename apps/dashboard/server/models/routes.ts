import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Operation } from '../../api/operation.ts';
import type { respond } from '../../api/respond.ts';
import { pathParameters } from '../../api/path-parameters.ts';
import { answerWith } from './node-http.ts';

/** Operations that are answered beside Next.js, and what answers them. */
export class Routes {
  readonly #routes: readonly (readonly [Operation, ReturnType<typeof respond>])[];

  constructor(routes: readonly (readonly [Operation, ReturnType<typeof respond>])[]) {
    this.#routes = routes;
  }

  /** Answers the request; false where it is for somebody else. */
  handle(request: IncomingMessage, response: ServerResponse): boolean {
    for (const [{ method, path }, route] of this.#routes) {
      if (!pathParameters(path, request.url ?? '/') || request.method?.toLowerCase() !== method) continue;
      void answerWith(route, request, response);
      return true;
    }
    return false;
  }
}
