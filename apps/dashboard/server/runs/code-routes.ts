import { codeDifference } from '@thaw/analysis/recorded';
import { openStore } from '@thaw/tracking';
import { getCodeDifference } from '../../api/operations/comparison.ts';
import { respond } from '../../api/respond.ts';
import type { ServerLimits } from '../limits.ts';
import { Routes } from '../models/routes.ts';

/** Shows how the code of two runs differs, by the git of the folder that the server was started in. */
export function codeRoutes(runsDir: string, { directory }: ServerLimits): Routes {
  const store = openStore(runsDir);
  return new Routes([
    [
      getCodeDifference,
      respond(getCodeDifference, async ({ query }) => {
        const runs = [await store.run(query.from), await store.run(query.to)] as const;
        const { commits, missing, files, text, isCut } = await codeDifference(runs, directory);
        return { from: commits[0], to: commits[1], missing, files: [...files], diff: text, cut: isCut };
      }),
    ],
  ]);
}
