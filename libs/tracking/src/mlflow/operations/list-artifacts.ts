import { artifactUri, withoutEmpty } from './documents.ts';
import type { Operation } from './tracking.ts';

/** The artifacts of a run, by their paths from its artifact root. */
export const listArtifacts: Operation = async ({ runs, artifacts }, fields) => {
  const run = await runs.find(fields.runId());
  const folder = (fields.text('path') ?? '').replace(/\/$/, '');
  const files = await artifacts.list([run.state.experimentId, run.id, 'artifacts', folder].join('/'));
  const paths = files.map((file) => ({
    ...file,
    path: folder === '' ? file.path : `${folder}/${file.path}`,
  }));
  return { root_uri: artifactUri(run), ...withoutEmpty({ files: paths }) };
};
