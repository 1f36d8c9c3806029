import type { IncomingMessage, ServerResponse } from 'node:http';
import { apiBase } from '../api/operation.ts';
import { writeProblem } from '../api/respond.ts';

interface Handler {
  /** Answers the request; false where it is for somebody else. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
}

/**
 * What is answered beside Next.js: predictions, promotions and pictures of training images. It is loaded, with its native
 * libraries, when it is first asked: who only looks at runs needs none of it.
 */
export class ModelHandlers {
  readonly #runsDir: string;
  #handlers: Promise<readonly Handler[]> | null = null;

  constructor(runsDir: string) {
    this.#runsDir = runsDir;
  }

  /** Answers the request; false where it is for somebody else. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    if (!request.url?.startsWith(`${apiBase}/models/`)) return false;
    try {
      this.#handlers ??= load(this.#runsDir);
      return (await this.#handlers).some((each) => each.handle(request, response));
    } catch (error) {
      console.error(error);
      const detail = 'what computes with models cannot be loaded; the output of the server says why';
      writeProblem(response, 'Internal error', 500, detail);
      return true;
    }
  }
}

async function load(runsDir: string): Promise<readonly Handler[]> {
  const [{ PredictHandler }, { ModelRoutes }] = await Promise.all([
    import('./predict/predict-handler.ts'),
    import('./models/model-routes.ts'),
  ]);
  return [new PredictHandler(runsDir), new ModelRoutes(runsDir)];
}
