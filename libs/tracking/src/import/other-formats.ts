import { UserError } from '@thaw/base';

const asTable = 'allowed: the same saved as a CSV (to_csv) or JSON';
const asText =
  'allowed: the same saved as JSON or CSV, which any program can read and no program can be hidden in';

/** Formats that others write results in and that are not read, by their first bytes. */
const begins = [
  { bytes: Buffer.from('PAR1'), what: 'a Parquet file', instead: asTable },
  { bytes: Buffer.from('ARROW1'), what: 'an Arrow file', instead: asTable },
  {
    bytes: Buffer.from('SQLite format 3\0'),
    what: "a SQLite database (Optuna's or MLflow's)",
    instead:
      'allowed: its runs saved as a CSV (study.trials_dataframe().to_csv(...), or mlflow.search_runs().to_csv(...))',
  },
  {
    bytes: Buffer.from('\x89HDF\r\n', 'latin1'),
    what: 'an HDF5 file (a model or weights of Keras, or a table of pandas)',
    instead: asText,
  },
  ...[2, 3, 4, 5].map((version) => ({
    bytes: Buffer.from([0x80, version]),
    what: "a file of Python's pickle",
    instead: asText,
  })),
];

/** The same of archives, by a file that is in them. */
const inside = [
  { file: /^xl\/workbook\.xml$/, what: 'an Excel workbook', instead: asTable },
  { file: /^model\.weights\.h5$/, what: 'a model of Keras', instead: asText },
  { file: /(^|\/)data\.pkl$/, what: 'a file of torch.save', instead: asText },
];

/** Throws a UserError where the file is known to be of another program's format. */
export function refuseOtherFormat(bytes: Buffer, file: string): void {
  const found = begins.find((each) => bytes.subarray(0, each.bytes.length).equals(each.bytes));
  if (found) throw new UserError(`${file}: found ${found.what}; ${found.instead}`);
}

/** Throws a UserError where the archive is known to be of another program's format. */
export function refuseOtherArchive(names: readonly string[], file: string): void {
  const found = inside.find((each) => names.some((name) => each.file.test(name)));
  if (found) throw new UserError(`${file}: found ${found.what}; ${found.instead}`);
}
