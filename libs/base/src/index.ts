export { csvText, type CsvValue } from './csv.ts';
export { download, DownloadError, type DownloadOptions } from './download/download.ts';
export { withFileLock, type FileLockOptions } from './download/file-lock.ts';
export { unzip, zipProblem, type UnzipOptions } from './download/unzip.ts';
export { unzipInMemory } from './download/unzip-in-memory.ts';
export { cacheEntries, removeCacheEntries, type CacheEntry } from './rows/cache-entries.ts';
export { checksumProblem, checksumsFile, writeChecksums } from './files/checksums.ts';
export { exists } from './files/exists.ts';
export { fileSizes } from './files/file-sizes.ts';
export { filesIn } from './files/files-in.ts';
export { makeFolder } from './files/make-folder.ts';
export { readIfThere } from './files/read-if-there.ts';
export { removeAbandoned } from './files/remove-abandoned.ts';
export { replaceFolderAtomic } from './files/replace-folder-atomic.ts';
export { sha256, sha256File } from './files/sha256.ts';
export { writeFileAtomic } from './files/write-file-atomic.ts';
export { writeProblem } from './files/write-problem.ts';
export { writeFolderAtomic } from './files/write-folder-atomic.ts';
export { fixed } from './fixed.ts';
export { transferState, type TransferState } from './download/transfer-state.ts';
export { flatten } from './flatten.ts';
export { inChunks } from './in-chunks.ts';
export { inTurn } from './in-turn.ts';
export { isoTime } from './iso-time.ts';
export { longestTimerMs } from './longest-timer-ms.ts';
export { mapConcurrently } from './map-concurrently.ts';
export { normalTail } from './normal-tail.ts';
export { median, numbersFirst, sum } from './numbers.ts';
export { jsonText, orderedRecord } from './ordered-record.ts';
export { postAddress, postJson, type PostAddress, type PostOptions } from './post-json.ts';
export { processExists, processStat, processTable } from './process-table.ts';
export { Random } from './random.ts';
export { readAhead } from './read-ahead.ts';
export { isFullDisk } from './full-disk.ts';
export type { Choice, Input, Note, Notice, Remedy } from './remedy.ts';
export { cacheLimit, pixelShare } from './rows/cache-limit.ts';
export { toHalf } from './rows/half-precision.ts';
export { evictRows } from './rows/evict-rows.ts';
export { byteRows, halfRows, packRows, singleRows, unpackRows, type RowPacking } from './rows/packed-rows.ts';
export { RowCache } from './rows/row-cache.ts';
export { structuralKey } from './structural-key.ts';
export { fromOptionalPackage } from './optional-package.ts';
export { UserError, type ErrorKind, type UserErrorOptions } from './user-error.ts';
export { percent, percentInterval, points, pointsInterval, pValue } from './words/figures.ts';
export { metricDifference, metricFigures, metricWords } from './words/metric-figures.ts';
export {
  age,
  columnLabels,
  counted,
  duration,
  gigabytes,
  parameterList,
  parameterValue,
  shareOf,
  signed,
  thousands,
} from './words/format.ts';
export { classRow, printedAlike, printedName } from './words/printed-name.ts';
export { shellWord } from './words/shell-word.ts';
export { wasmBytes, WasmKernel, WasmMemory } from './wasm-kernel.ts';
