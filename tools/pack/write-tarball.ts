import { create } from 'tar';

/** When files in packages were changed, as npm has it: the same sources give the same package. */
const mtime = new Date('1985-10-26T08:15:00Z');

/** Writes a package as npm reads it: all files of a folder, below `package/`. */
export async function writeTarball(folder: string, file: string): Promise<void> {
  await create(
    { file, cwd: folder, gzip: { level: 4 }, portable: true, mtime, prefix: 'package', strict: true },
    ['.'],
  );
}
