import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getModelCard } from '../../../../../../api/operations/models.ts';
import { respond } from '../../../../../../api/respond.ts';
import { modelStore } from '../../../../../../store/model-store.ts';

export const GET = respond(getModelCard, async ({ params }) => {
  const store = modelStore();
  const { name, version } = await store.resolve(params.model);
  const text = await readFile(join(store.folder(name, version), 'README.md'), 'utf8');
  return { markdown: text.replace(/^---\n.*?\n---\n+/s, '') };
});
