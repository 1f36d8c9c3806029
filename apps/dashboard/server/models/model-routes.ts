import type { IncomingMessage, ServerResponse } from 'node:http';
import { readNeighbours } from '@thaw/serving';
import { openModelStore } from '@thaw/tracking';
import type { Operation } from '../../api/operation.ts';
import { getPromotion, promoteRun } from '../../api/operations/models.ts';
import { getNeighbourPictures } from '../../api/operations/predictions.ts';
import { Problem } from '../../api/problem.ts';
import { respond } from '../../api/respond.ts';
import { neighbourPictures } from './neighbour-pictures.ts';
import { answerWith } from './node-http.ts';
import { pathParameters } from '../path-parameters.ts';
import { Promotions } from './promotions.ts';

type Route = ReturnType<typeof respond>;

/** Answers what takes the data sets of models or a process of its own, beside Next.js; predictions are `PredictHandler`'s. */
export class ModelRoutes {
  readonly #routes: readonly (readonly [Operation, Route])[];

  constructor(runsDir: string) {
    const promotions = new Promotions(runsDir);
    this.#routes = [
      [
        promoteRun,
        respond(promoteRun, ({ params, body }) => promotions.promote({ ...body, name: params.model })),
      ],
      [
        getPromotion,
        respond(getPromotion, ({ params }) =>
          Promise.resolve({ promotion: promotions.underWay(params.model) }),
        ),
      ],
      [
        getNeighbourPictures,
        respond(getNeighbourPictures, async ({ params, query }) => ({
          pictures: await picturesAt(runsDir, params.model, query.index),
        })),
      ],
    ];
  }

  /** Answers the request; false where it is for somebody else. */
  handle(request: IncomingMessage, response: ServerResponse): boolean {
    for (const [{ method, path }, route] of this.#routes) {
      const params = pathParameters(path, request.url ?? '/');
      if (!params || request.method?.toLowerCase() !== method) continue;
      void answerWith((asked) => route(asked, { params: Promise.resolve(params) }), request, response);
      return true;
    }
    return false;
  }
}

async function picturesAt(runsDir: string, reference: string, indices: readonly number[]) {
  const store = openModelStore(runsDir);
  const version = await store.resolve(reference);
  const neighbours = await readNeighbours(store.folder(version.name, version.version));
  const images = indices.map((index) => neighbours?.images[index]);
  if (images.includes(undefined)) {
    throw new Problem(
      404,
      `found ${indices.join(', ')}; ${reference} has ${neighbours?.images.length ?? 0} training images`,
    );
  }
  return neighbourPictures(
    images.filter((image) => image !== undefined),
    version,
    runsDir,
  );
}
