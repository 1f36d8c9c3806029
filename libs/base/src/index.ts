export { download, DownloadError, type DownloadOptions } from './download/download.ts';
export { withFileLock } from './download/file-lock.ts';
export { unzip, zipProblem, type UnzipOptions } from './download/unzip.ts';
export { sha256, sha256File } from './files/sha256.ts';
export { writeFileAtomic } from './files/write-file-atomic.ts';
export { writeFolderAtomic } from './files/write-folder-atomic.ts';
export { mapConcurrently } from './map-concurrently.ts';
export { Random } from './random.ts';
export { UserError } from './user-error.ts';
