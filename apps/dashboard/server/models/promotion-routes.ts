import { listPromotions, promoteRun } from '../../api/operations/models.ts';
import { respond } from '../../api/respond.ts';
import { Promotions } from './promotions.ts';
import { Routes } from './routes.ts';

/** Promotes runs, and tells how far that is. */
export function promotionRoutes(runsDir: string): Routes {
  const promotions = new Promotions(runsDir);
  return new Routes([
    [
      promoteRun,
      respond(promoteRun, ({ params, body }) => promotions.promote({ ...body, name: params.model })),
    ],
    [listPromotions, respond(listPromotions, () => Promise.resolve({ promotions: promotions.underWay() }))],
  ]);
}
