import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  describedDistributions,
  describedRules,
  describedSearch,
  describedSettings,
  fileJsonSchema,
} from '@thaw/experiment';
import { checkExperiment, getExperimentSettings, longestText } from '../../api/operations/experiments.ts';
import { respond } from '../../api/respond.ts';
import { allowedBy, type ServerLimits } from '../limits.ts';
import { Routes } from '../models/routes.ts';
import { checkedDocument } from './checked-document.ts';

/** What texts that come from pages are called in messages, and the sweep of one without a name. */
export const fileOfPage = 'experiment.yaml';

const mostFiles = 100;

/** Says what an experiment may be, and checks one as it is written. */
export function experimentRoutes(limits: ServerLimits): Routes {
  const { directory, programs, readOnly } = limits;
  const allowed = allowedBy(limits);
  return new Routes([
    [
      getExperimentSettings,
      respond(getExperimentSettings, async () => ({
        schema: fileJsonSchema() as Record<string, unknown>,
        settings: describedSettings(),
        search: describedSearch(),
        distributions: describedDistributions().map((each) => ({ ...each, keys: [...each.keys] })),
        rules: describedRules().map((each) => ({ ...each, keys: [...each.keys] })),
        directory,
        folders: [...allowed.folders],
        experiments: await experimentsIn(join(directory, 'experiments')),
        read_only: readOnly,
        programs,
      })),
    ],
    [
      checkExperiment,
      respond(checkExperiment, async ({ body }) => {
        // Brings native libraries, which who only looks at runs does not need.
        const check = await import('@thaw/sweep/check');
        return checkedDocument(check.checkExperiment(body.yaml, fileOfPage, allowed), directory);
      }),
    ],
  ]);
}

async function experimentsIn(folder: string): Promise<{ file: string; yaml: string }[]> {
  const names = await readdir(folder).catch(() => []);
  const wanted = names.filter((name) => name.endsWith('.yaml')).sort();
  const read = wanted.slice(0, mostFiles).map(async (file) => {
    const yaml = await readFile(join(folder, file), 'utf8').catch(() => null);
    return yaml === null || yaml.length > longestText ? [] : [{ file, yaml }];
  });
  return (await Promise.all(read)).flat();
}
