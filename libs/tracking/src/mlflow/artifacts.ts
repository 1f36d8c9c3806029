import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { makeFolder } from '@thaw/base';
import { invalid, missing, MlflowError } from './requests/mlflow-error.ts';
import type { LoggedRuns } from './runs/logged-runs.ts';

export interface ArtifactFile {
  readonly path: string;
  readonly is_dir: boolean;
  /** In bytes; absent for folders. */
  readonly file_size?: number;
}

/**
 * Files that clients leave at the artifact proxy. `EXPERIMENT/RUN/artifacts/PATH` stands in the run's own folder, so that it goes
 * with the run; other paths (those of logged models) below `mlflow/artifacts`. INVALID_PARAMETER_VALUE for a path that leads
 * elsewhere.
 */
export class Artifacts {
  readonly #folder: string;
  readonly #runs: LoggedRuns;

  constructor(runsDir: string, runs: LoggedRuns) {
    this.#folder = join(runsDir, 'mlflow', 'artifacts');
    this.#runs = runs;
  }

  /** The files and folders in a folder, by their own names; none for what is no folder, as MLflow answers it. */
  async list(path: string): Promise<ArtifactFile[]> {
    return listFolder(await this.#place(path));
  }

  /** A file's bytes and their number. RESOURCE_DOES_NOT_EXIST where there is none. */
  async read(path: string): Promise<{ stream: Readable; bytes: number }> {
    const place = await this.#place(path);
    const found = await stat(place).catch(() => null);
    if (!found?.isFile()) throw missing(`No such artifact: '${path}'`);
    return { stream: createReadStream(place), bytes: found.size };
  }

  /** Keeps a file whole or not at all, in place of an older one. */
  async write(path: string, content: Readable): Promise<void> {
    const place = await this.#place(path);
    const temporary = join(dirname(place), `.${process.pid}-${performance.now()}.uploading`);
    try {
      await makeFolder(dirname(place));
      await pipeline(content, createWriteStream(temporary, { flags: 'wx' }));
      await rename(temporary, place);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw pathProblem(error as NodeJS.ErrnoException, path);
    }
  }

  async remove(path: string): Promise<void> {
    const place = await this.#place(path);
    await rm(place, { recursive: true, force: true }).catch((error: NodeJS.ErrnoException) => {
      throw pathProblem(error, path);
    });
  }

  async #place(path: string): Promise<string> {
    const parts = path.split('/').filter((part) => part !== '');
    if (path.startsWith('/') || /[\\\0]/.test(path) || parts.some((part) => part === '..' || part === '.'))
      throw invalid(`Invalid path: ${path}`);
    const [, run = '', folder, ...inside] = parts;
    if (folder !== 'artifacts') return join(this.#folder, ...parts);
    const found = await this.#runs.find(run).catch(() => null);
    return found ? join(found.folder, 'artifacts', ...inside) : join(this.#folder, ...parts);
  }
}

/** What is said of a path with which the disk can do nothing; the error itself where it is none of the path's. */
function pathProblem(error: NodeJS.ErrnoException, path: string): Error {
  const { code = '', message } = error;
  // A name that is too long, or a folder where there is a file already: the same next time.
  if (['ENOTDIR', 'EEXIST', 'EISDIR', 'ENAMETOOLONG', 'ENOTEMPTY'].includes(code))
    return invalid(`Invalid path: ${path} (${code})`);
  if (code === 'ENOSPC' || code === 'EDQUOT') return new MlflowError('TEMPORARILY_UNAVAILABLE', message);
  return error;
}

async function listFolder(folder: string): Promise<ArtifactFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const shown = entries
    .filter(({ name }) => !name.endsWith('.uploading'))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return Promise.all(
    shown.map(async (entry) =>
      entry.isDirectory()
        ? { path: entry.name, is_dir: true }
        : { path: entry.name, is_dir: false, file_size: (await stat(join(folder, entry.name))).size },
    ),
  );
}
