import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { exportExtensions, exportFile, writeHuggingFaceFolder } from '@thaw/serving';
import { openModelStore } from '@thaw/tracking';
import { getModelExport } from '../../api/operations/models.ts';
import { respond } from '../../api/respond.ts';
import { zipFiles } from '../../store/zip-files.ts';
import { Routes } from './routes.ts';

/** Answers with models as other programs open them. */
export function exportRoutes(runsDir: string): Routes {
  const store = openModelStore(runsDir);
  return new Routes([
    [
      getModelExport,
      respond(getModelExport, async ({ params: { model, format } }) => {
        const { name, version } = await store.resolve(model);
        const folder = store.folder(name, version);
        const of = { model: `${name}:${version}`, saved: new Date() };
        if (format === 'huggingface') {
          return asFile(
            `${name}-${version}-${format}.zip`,
            await hubArchive(folder, `${name}-${version}`, of),
          );
        }
        const plain = { input: 'scaled', batch: null, float16: false } as const;
        const { bytes } = await exportFile(folder, { ...of, ...plain, format });
        return asFile(`${name}-${version}${exportExtensions[format]}`, bytes);
      }),
    ],
  ]);
}

/** The files for Hugging Face in a folder of this name. */
async function hubArchive(
  folder: string,
  name: string,
  of: { readonly model: string; readonly saved: Date },
): Promise<Uint8Array> {
  const temporary = await mkdtemp(join(tmpdir(), 'thaw-export-'));
  try {
    await writeHuggingFaceFolder(folder, temporary, { ...of, license: null, datasets: [] });
    return await buffer(await zipFiles(temporary, await readdir(temporary), name));
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

function asFile(name: string, bytes: Uint8Array): Response {
  return new Response(Uint8Array.from(bytes), {
    headers: {
      'content-type': name.endsWith('.zip') ? 'application/zip' : 'application/octet-stream',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  });
}
