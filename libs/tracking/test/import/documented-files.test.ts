import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { refusalOf, readFiles } from './imported.ts';
import { npy } from './numpy-bytes.ts';

/** MLflow's folder layout as its file store documents it; the Python client cannot be had here. */
const mlruns = {
  'mlruns/0/meta.yaml': "experiment_id: '0'\nlifecycle_stage: active\nname: Default\n",
  'mlruns/731498735982834567/meta.yaml':
    'artifact_location: file:///x\nexperiment_id: 731498735982834567\nlifecycle_stage: active\nname: cells\n',
  'mlruns/731498735982834567/abc/meta.yaml':
    'run_id: abc\nrun_uuid: abc\nrun_name: bold-fox\nstatus: 3\nstart_time: 1700000000000\nend_time: 1700000060000\nlifecycle_stage: active\nuser_id: ada\n',
  'mlruns/731498735982834567/abc/params/learning_rate': '0.001',
  'mlruns/731498735982834567/abc/params/opt/name': 'Adam',
  'mlruns/731498735982834567/abc/tags/mlflow.runName': 'bold-fox',
  // A key with a slash; written out of order; the last two fields may be one.
  'mlruns/731498735982834567/abc/metrics/val/loss': '1700000002000 0.5 1\n1700000001000 0.9 0\n',
  'mlruns/731498735982834567/abc/metrics/loss':
    '1700000001000 inf 0\n1700000002000 nan 1\n1700000003000 0.25 2\n',
  'mlruns/731498735982834567/abc/metrics/test_accuracy': '1700000009000 0.75\n',
  'mlruns/731498735982834567/old/meta.yaml':
    'run_id: old\nstatus: FAILED\nlifecycle_stage: active\nstart_time: 1700000000000\nend_time:\n',
  'mlruns/731498735982834567/gone/meta.yaml': 'run_id: gone\nstatus: 3\nlifecycle_stage: deleted\n',
  'mlruns/731498735982834567/traces/t/meta.yaml': 'x: 1\n',
  'mlruns/.trash/meta.yaml': 'broken: [',
  'mlruns/models/m/meta.yaml': 'name: m\n',
};

test("MLflow's folders: parameters, every metric by step, names, times and states, without what was deleted", async () => {
  const runs = await readFiles(mlruns, 'mlruns');
  expect(runs).toHaveLength(2);
  expect(runs[0]).toMatchObject({
    name: 'bold-fox',
    program: 'MLflow',
    experiment: 'cells',
    parameters: { learning_rate: 0.001, 'opt/name': 'Adam' },
    outcome: { state: 'finished', created: '2023-11-14T22:13:20.000Z', seconds: 60 },
    summary: { train_loss: 0.25, val_loss: 0.5, test_accuracy: 0.75, epochs: 3 },
  });
  expect(
    runs[0]!.epochs.map((epoch) => [
      epoch.epoch,
      epoch.loss,
      (epoch as unknown as Record<string, number>)['val/loss'],
    ]),
  ).toEqual([
    [0, Infinity, 0.9],
    [1, Number.NaN, 0.5],
    [2, 0.25, undefined],
  ]);
  expect(runs[1]!.outcome).toMatchObject({ state: 'failed', seconds: null });
  const [one] = await readFiles(mlruns, 'mlruns/731498735982834567/abc');
  expect(one).toMatchObject({ name: 'bold-fox', summary: { train_loss: 0.25 } });
});

/** As the pages of W&B export the table of runs; the columns of settings and figures stand side by side. */
const wandb = `"Name","State","Notes","User","Tags","Created","Runtime","Sweep","batch_size","learning_rate","optimizer","val_loss","val_accuracy","best_val_accuracy","val_error_rate","train_batch_size"
"rosy-sun-1","finished","","ada","","2024-05-01T10:00:00.000Z","61","sw1","32","0.01","adam","0.5","0.9","0.91","0.1","32"
"dry-sea-2","crashed","-","ada","a, b","2024-05-01T11:00:00.000Z","5","","64","0.1","sgd","NaN","","","",""
`;

test("W&B's table of runs: settings, figures, states and times", async () => {
  const runs = await readFiles({ 'wandb_export.csv': wandb }, 'wandb_export.csv');
  expect(runs[0]).toMatchObject({
    name: 'rosy-sun-1',
    program: 'W&B',
    parameters: { batch_size: 32, learning_rate: 0.01, optimizer: 'adam', train_batch_size: 32 },
    summary: { val_loss: 0.5, val_accuracy: 0.9, best_val_accuracy: 0.91, val_error_rate: 0.1 },
    experiment: 'sw1',
    outcome: { state: 'finished', created: '2024-05-01T10:00:00.000Z', seconds: 61 },
  });
  expect(runs[1]).toMatchObject({
    outcome: { state: 'failed', error: 'W&B says that the run crashed' },
    summary: { val_loss: Number.NaN },
    parameters: { batch_size: 64 },
  });
});

test("W&B's columns of compound names are told apart as those of whole words", async () => {
  const settings = [
    'train.batchSize',
    'train/batchsize',
    'train.numLayers',
    'train/warmup_rate',
    'eval.cropSize',
  ];
  const figures = ['train/batch_loss', 'valAccuracy', 'val/hit_rate', 'test_error_rate'];
  const columns = [...settings, ...figures];
  const table = `Name,State,Created,${columns.join()}\na,finished,2024-05-01T10:00:00Z,${columns.map(() => 1).join()}\n`;
  const [run] = await readFiles({ 'runs.csv': table }, 'runs.csv');
  expect(Object.keys(run!.parameters)).toEqual(settings);
});

test("W&B's runs as the example in its documentation of wandb.Api writes them", async () => {
  const table = (summary: string) =>
    `,summary,config,name\n0,${summary},"{'lr': 0.01, 'note': ""it's"", 'x': None, 'on': True, 'size': (8, 8)}",rosy-sun-1\n`;
  const summary = `"{'val_loss': 0.5, 'acc': nan, '_timestamp': 1714557661.5, '_runtime': 61.5, '_wandb': {'runtime': 61}}"`;
  const [run] = await readFiles({ 'project.csv': table(summary) }, 'project.csv');
  expect(run).toMatchObject({
    name: 'rosy-sun-1',
    program: 'W&B',
    summary: { val_loss: 0.5, train_accuracy: Number.NaN },
    outcome: { state: 'finished', created: '2024-05-01T10:00:00.000Z', seconds: 61.5 },
  });
  expect(run!.parameters).toEqual({ lr: 0.01, note: "it's", on: true, size: [8, 8] });
  expect(await refusalOf({ 'project.csv': table('abc') }, 'project.csv')).toBe(
    'project.csv, line 2: summary: found "abc"; allowed: a dictionary as Python prints it',
  );
});

test('a table with a column of splits has both parts, and a CSVLogger that was appended to goes on counting', async () => {
  const table =
    'file,label,split,group,A,B\n1,A,val,p,0.9,0.1\n2,B,test,q,0.2,0.8\n3,A,test,q,0.4,0.6\n4,A,train,r,1,0\n';
  const [run] = await readFiles({ 'all.csv': table }, 'all.csv');
  expect(run!.summary).toMatchObject({ val_accuracy: 1, test_accuracy: 0.5, gap: 0.5 });
  const log = 'epoch,loss,val_loss\r\n0,3,1\r\n1,2,1\r\n0,1,NA\r\n';
  const [logged] = await readFiles({ 'log.csv': log }, 'log.csv');
  expect(logged!.epochs.map(({ epoch, loss, val_loss }) => [epoch, loss, val_loss])).toEqual([
    [1, 3, 1],
    [2, 2, 1],
    [3, 1, Number.NaN],
  ]);
});

const event = (length: number) => {
  const bytes = Buffer.alloc(20);
  bytes.writeBigUInt64LE(BigInt(length));
  return bytes;
};
/** A zip archive (APPNOTE.TXT) of files that are stored as they are. */
const zip = (files: Readonly<Record<string, Buffer>>) => {
  const entries = Object.entries(files);
  let offset = 0;
  const parts = entries.map(([name, data]) => {
    const head = Buffer.alloc(26);
    head.writeUInt32LE(crc32(data), 10);
    head.writeUInt32LE(data.length, 14);
    head.writeUInt32LE(data.length, 18);
    head.writeUInt16LE(name.length, 22);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), head, Buffer.from(name), data]);
    offset += local.length;
    return [local, Buffer.concat([Buffer.from('PK\x01\x02\0\0'), head, rest, Buffer.from(name)])] as const;
  });
  const directory = Buffer.concat(parts.map(([, entry]) => entry));
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts.map(([local]) => local), directory, Buffer.from('PK\x05\x06'), end]);
};
const curve = (...values: number[]) =>
  npy(`{'descr': '<f8', 'fortran_order': False, 'shape': (${values.length},), }`, floats(...values));

test('curves in an archive of numpy, an array a figure', async () => {
  const archive = zip({ 'loss.npy': curve(3, 2), 'val_loss.npy': curve(4, Number.NaN) });
  const [read] = await readFiles({ 'fit.npz': archive }, 'fit.npz');
  expect(read!.epochs.map(({ epoch, loss, val_loss }) => [epoch, loss, val_loss])).toEqual([
    [1, 3, 4],
    [2, 2, Number.NaN],
  ]);
});

const floats = (...values: number[]) => Buffer.from(new Float64Array(values).buffer);
const probabilities = npy(
  "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }",
  floats(0.5, 0.5, 1, 0),
);
const labels = npy("{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }", Buffer.from([0, 5]));
const run = 'mlruns/1/a/meta.yaml';
const runMeta = 'run_id: a\nstatus: 3\nlifecycle_stage: active\n';
const scores = '{"precision": 1, "recall": 1, "f1-score": 1, "support": 3}';
const printed =
  '              precision    recall  f1-score   support\n\n           A       1.00      1.00      1.00         2\n';

/** Files of formats that are not read, by what is in an archive and by their first bytes. */
const otherArchives = [
  ['an Excel workbook', 'xl/workbook.xml'],
  ['a model of Keras', 'model.weights.h5'],
  ['a file of torch.save', 'model/data.pkl'],
] as const;
const otherFormats = [
  ['a Parquet file', 'PAR1'],
  ['an Arrow file', 'ARROW1'],
  ['an HDF5 file', '\x89HDF\r\n\x1a\n'],
  ['a SQLite database', 'SQLite format 3'],
  ["a file of Python's pickle", '\x80\x04'],
] as const;

/** Each file, and the one message of it: the place, what was found, what is allowed. */
test.each<[string, Record<string, string | Uint8Array>, string, string]>([
  [
    'history that is cut',
    { 'h.json': '{"loss": [1, 2' },
    'h.json',
    'h.json, line 1: not JSON: found the end; allowed: "," or "]"',
  ],
  [
    'history of two lengths',
    { 'h.json': '{"loss": [1, 2],\n "auc": [1]}' },
    'h.json',
    'history: found lists of 2 and 1 epochs',
  ],
  [
    'history of texts',
    { 'h.json': '{"loss": [1],\n "auc": ["a"]}' },
    'h.json',
    'h.json, line 2: auc[0]: found "a"; allowed: a number or null',
  ],
  [
    'history that Python prints and that is cut',
    { 'h.txt': "{'loss': [1,\n 2, 'a'" },
    'h.txt',
    'h.txt, line 2: not what Python prints',
  ],
  [
    'a history of texts that Python prints',
    { 'h.txt': "{'loss': [1],\n 'auc': ['a']}" },
    'h.txt',
    'h.txt, line 2: auc[0]: found "a"; allowed: a number or null',
  ],
  [
    'curves with a text in a layout of pandas',
    { 'h.json': '{"columns":["loss"],"index":[0,1],"data":[[1],["low"]]}' },
    'h.json',
    'h.json, row 2: loss: found "low"; allowed: a number, or NA',
  ],
  ['a row without names', { 'h.json': '[[0.5, 0.25]]' }, 'h.json', 'h.json, line 1: found [[0.5,0.25]]'],
  [
    'a report of which pandas has lost the classes',
    { 'r.json': '[{"precision":1,"recall":1,"f1-score":1,"support":2}]' },
    'r.json',
    'r.json, line 1: found [{"precision":1',
  ],
  [
    'lines of JSON of which one is cut',
    { 'p.jsonl': '{"loss": 1}\n{"loss": }\n' },
    'p.jsonl',
    'p.jsonl, line 2: not JSON: found "}"; allowed: a value',
  ],
  [
    'rows of predictions of which one is no number',
    {
      'p.json':
        '[{"file":"1","label":"A","prob_A":1,"prob_B":0},{"file":"2","label":"A","prob_A":"x","prob_B":0}]',
    },
    'p.json',
    'p.json, row 2: prob_A: found "x"; allowed: a probability from 0 to 1',
  ],
  [
    'one probability for three classes',
    { 'p.csv': 'file,label,prob\n1,A,1\n2,B,1\n3,C,1\n' },
    'p.csv',
    'p.csv: found one probability an image (prob) and 3 classes; allowed: a column for each class',
  ],
  [
    'predicted classes of which one is missing',
    { 'p.csv': 'file,label,pred\n1,A,A\n2,B,\n' },
    'p.csv',
    'p.csv, line 3: found no class; allowed: the true one and the predicted one',
  ],
  [
    'a search with a word for a score',
    { 's.csv': 'param_C,mean_test_score\n1,0.5\n2,good\n' },
    's.csv',
    's.csv, line 3: mean_test_score: found "good"; allowed: a number',
  ],
  [
    'a search without candidates',
    { 's.csv': 'param_C,mean_test_score\n' },
    's.csv',
    's.csv: found a search without candidates',
  ],
  [
    "Python's pickle",
    { 'h.pkl': Buffer.from([0x80, 4, 0x95, 0]) },
    'h.pkl',
    "h.pkl: found a file of Python's pickle; allowed: the same saved as JSON or CSV",
  ],
  [
    "a database of Optuna's",
    { 's.db': Buffer.from('SQLite format 3\0') },
    's.db',
    's.db: found a SQLite database',
  ],
  [
    'history with a number that JSON has not',
    { 'h.json': '{"loss":\n [012]}' },
    'h.json',
    'h.json, line 2: not JSON: found "12]}"; allowed: "," or "]"',
  ],
  ['history without epochs', { 'h.json': '{"loss": []}' }, 'h.json', 'h.json, line 1: found no epoch'],
  ['a log without epochs', { 'l.csv': 'epoch,loss\n' }, 'l.csv', 'l.csv: found no epoch'],
  [
    'a log with a word',
    { 'l.csv': 'epoch,loss\n0,1\n1,low\n' },
    'l.csv',
    'l.csv, line 3: loss: found "low"; allowed: a number, or NA',
  ],
  [
    'a log that other figures were appended to',
    { 'l.csv': 'epoch,loss\n0,1\n0,1,2\n' },
    'l.csv',
    'l.csv, line 3: found 3 values; allowed: 2, as line 1 names columns (epoch, loss)',
  ],
  [
    'a log of one column twice',
    { 'l.csv': 'epoch,loss,loss\n0,1,1\n' },
    'l.csv',
    'l.csv, line 1: found the column "loss" twice',
  ],
  [
    'a table with an open quote',
    { 'l.csv': 'epoch,loss\n0,"1\n' },
    'l.csv',
    'l.csv: not a table: Quote Not Closed',
  ],
  [
    'a table of something else',
    { 't.csv': 'a,b\n1,2\n' },
    't.csv',
    't.csv, line 1: found the columns a, b; allowed: those of Keras',
  ],
  [
    'a study without trials',
    { 's.csv': '""\n' },
    's.csv',
    's.csv: found a table without columns (Optuna writes a study without trials so)',
  ],
  [
    'a study of a state of its own',
    { 's.csv': 'number,value,datetime_start,state\n0,1,,DONE\n' },
    's.csv',
    's.csv, line 2: state: found "DONE"; allowed: COMPLETE, PRUNED, FAIL, RUNNING, WAITING',
  ],
  [
    'a study of words',
    { 's.csv': 'number,value,datetime_start,state\n0,good,,COMPLETE\n' },
    's.csv',
    's.csv, line 2: value: found "good"; allowed: a number',
  ],
  [
    'a table of W&B with another state',
    { 'w.csv': 'Name,State,Created\na,Happy,\n' },
    'w.csv',
    'w.csv, line 2: State: found "Happy"; allowed: finished, failed',
  ],
  [
    'a table of W&B without runs',
    { 'w.csv': 'Name,State,Created\n' },
    'w.csv',
    'w.csv: found a table without runs',
  ],
  [
    'predictions of logits',
    { 'p.csv': 'file,label,A,B\n1,A,2.5,-1\n' },
    'p.csv',
    'p.csv, line 2: probabilities: found [2.5,-1]; allowed: numbers from 0 to 1 (softmax, not logits)',
  ],
  [
    'predictions of another class',
    { 'p.csv': 'file,label,A,B\n1,A,1,0\n2,C,1,0\n' },
    'p.csv',
    'p.csv, line 3: labels: found "C"; allowed: A, B',
  ],
  [
    'predictions that do not add up',
    { 'p.csv': 'file,label,A,B\n1,A,0.5,0.1\n' },
    'p.csv',
    'p.csv, line 2: probabilities: found probabilities that add up to 0.6',
  ],
  [
    'predictions of one image twice',
    { 'p.csv': 'file,label,A,B\n1,A,1,0\n1,B,0,1\n' },
    'p.csv',
    'p.csv, line 3: files: found "1" twice',
  ],
  [
    'predictions with a word',
    { 'p.csv': 'file,label,A,B\n1,A,1,0\n2,A,high,0\n' },
    'p.csv',
    'p.csv, line 3: A: found "high"; allowed: a probability from 0 to 1',
  ],
  [
    'predictions of another split',
    { 'p.csv': 'file,label,split,A,B\n1,A,holdout,1,0\n' },
    'p.csv',
    'p.csv, line 2: split: found "holdout"; allowed: validation, test',
  ],
  [
    'predictions of training images alone',
    { 'p.csv': 'file,label,split,A,B\n1,A,train,1,0\n' },
    'p.csv',
    'p.csv: found no predictions on validation or test images',
  ],
  [
    'columns of two lengths',
    { 'p.json': '{"labels": ["A", "B"], "probabilities": [[1, 0]]}' },
    'p.json',
    'p.json: labels: found 2; allowed: one for each of the 1 files',
  ],
  [
    'columns of no list',
    { 'p.json': '{"labels": "A", "probabilities": [[1, 0]]}' },
    'p.json',
    'p.json: labels: found no list',
  ],
  [
    'rows without a probability',
    { 'p.json': '[{"label": "A", "probabilities": [1, null]}, {"label": "B", "probabilities": [1, 0]}]' },
    'p.json',
    'p.json: probabilities[0]: found [1,null]; allowed: a number for each class',
  ],
  [
    'rows of which one has no group',
    {
      'p.json':
        '{"test": {"predictions": [{"file": "1", "label": "A", "group": "p", "probabilities": {"A": 1, "B": 0}},\n{"file": "2", "label": "A", "probabilities": {"A": 1, "B": 0}}]}}',
    },
    'p.json',
    'p.json, line 2: test.predictions[1]: found no group, where other predictions have one',
  ],
  [
    'a report without support',
    { 'r.json': '{"A": {"precision": 1, "recall": 1, "f1-score": 1},\n "B": {}}' },
    'r.json',
    'r.json, line 1: A.support: found nothing; allowed: a whole number of images',
  ],
  [
    'a report of one class',
    { 'r.json': `{"A": ${scores}}` },
    'r.json',
    'r.json, line 1: found 1 classes; allowed: two or more',
  ],
  [
    'a report that contradicts itself',
    { 'r.json': `{"A": ${scores}, "B": ${scores}, "accuracy": 0.5}` },
    'r.json',
    'found the accuracy 0.5, but 1.000 follows',
  ],
  [
    'a printed report of one class',
    { 'r.txt': printed },
    'r.txt',
    'r.txt, line 1: found 1 classes in this report; allowed: two or more',
  ],
  ['a text of something else', { 'r.txt': 'hello' }, 'r.txt', 'r.txt: found no classification reports'],
  ['an empty file', { 'r.csv': '\n' }, 'r.csv', 'r.csv: found an empty file; allowed: JSON, csv, .npy'],
  [
    'an event file of something else',
    { 'events.out.tfevents.1': Buffer.alloc(40, 7) },
    'events.out.tfevents.1',
    'events.out.tfevents.1, byte 0: found a length whose checksum does not fit',
  ],
  [
    'an empty event file',
    { 'tb/events.out.tfevents.1': '' },
    'tb',
    'tb: found no scalars; allowed: event files with at least one',
  ],
  [
    'an event file that is cut in its head',
    { 'events.out.tfevents.1': event(900) },
    'events.out.tfevents.1',
    'byte 0: found a length whose checksum does not fit',
  ],
  [
    'an archive that is cut',
    { 'p.npz': 'PK\x03\x04 and nothing' },
    'p.npz',
    'p.npz: found a damaged archive',
  ],
  [
    'an archive of curves of several lengths',
    { 'p.npz': zip({ 'loss.npy': curve(3, 2), 'val_loss.npy': curve(4) }) },
    'p.npz',
    'p.npz: found curves of several lengths (loss of 2, val_loss of 1); allowed: one number an epoch in each',
  ],
  [
    'an archive of predictions and their losses',
    { 'p.npz': zip({ 'labels.npy': labels, 'probabilities.npy': probabilities, 'loss.npy': curve(1, 1) }) },
    'p.npz',
    'p.npz: labels[1]: found 5; allowed: 0, 1',
  ],
  [
    'an archive of other arrays',
    { 'p.npz': zip({ 'x.npy': curve(1) }) },
    'p.npz',
    'p.npz: found the arrays x; allowed: labels (n), probabilities',
  ],
  ...otherArchives.map(([what, name]): [string, Record<string, Buffer>, string, string] => [
    what,
    { 'p.zip': zip({ [name]: Buffer.from('x') }) },
    'p.zip',
    `p.zip: found ${what}; allowed: the same saved as`,
  ]),
  ...otherFormats.map(([what, bytes]): [string, Record<string, Buffer>, string, string] => [
    what,
    { 'p.bin': Buffer.from(`${bytes}\0 and more`, 'latin1') },
    'p.bin',
    `p.bin: found ${what}`,
  ]),
  [
    'JSON of very many brackets',
    { 'p.json': `{"a":\n${'['.repeat(20_000)}` },
    'p.json',
    'p.json, line 2: found brackets more than 200 deep; allowed: at most 200',
  ],
  [
    'a table of places beside names',
    { 'p.csv': 'label,pred,confidence\n0,neg,0.9\n1,pos,0.8\n' },
    'p.csv',
    'p.csv: found the true classes 0, 1 and the predicted neg, pos; allowed: the same names in both',
  ],
  [
    'a confidence without its class',
    { 'p.csv': 'label,pred,confidence\na,a,0.9\nb,,0.8\n' },
    'p.csv',
    'p.csv, line 3: predicted: found ""; allowed: a, b',
  ],
  [
    'predicted classes of another split',
    { 'p.csv': 'label,pred,split\na,b,holdout\n' },
    'p.csv',
    'p.csv, line 2: split: found "holdout"; allowed: validation, test, train',
  ],
  [
    'an array without labels',
    { 'p.npy': probabilities },
    'p.npy',
    'p.npy: found probabilities without labels; allowed: labels.npy beside it',
  ],
  [
    'an array that is cut',
    { 'p.npy': probabilities.subarray(0, -8), 'labels.npy': labels },
    'p.npy',
    'p.npy: found 24 bytes of data; allowed: 32, for an array of shape (2, 2)',
  ],
  [
    "an array of Python's objects",
    { 'p.npy': npy("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }") },
    'p.npy',
    "p.npy: found an array of Python's objects",
  ],
  [
    'labels beyond the classes',
    { 'p.npy': probabilities, 'labels.npy': labels },
    'p.npy',
    'p.npy: labels[1]: found 5; allowed: 0, 1',
  ],
  ['a run of MLflow without YAML', { [run]: 'run_id: [' }, 'mlruns', 'mlruns/1/a/meta.yaml: not YAML'],
  [
    'a run of MLflow that is empty',
    { [run]: '' },
    'mlruns/1',
    'mlruns/1/a/meta.yaml: found nothing; allowed: what MLflow writes',
  ],
  [
    'a run of MLflow with another status',
    { [run]: runMeta.replace('3', '9') },
    'mlruns/1',
    'mlruns/1/a/meta.yaml: status: found 9; allowed: 1 to 5',
  ],
  [
    'a metric of MLflow with a word',
    { [run]: runMeta, 'mlruns/1/a/metrics/x/y': '1 0.5 0\n2 low 1\n' },
    'mlruns/1',
    'mlruns/1/a/metrics/x/y, line 2: found "2 low 1"; allowed: a time in ms, a value and a step',
  ],
  [
    'runs of MLflow that were all deleted',
    { [run]: runMeta.replace('active', 'deleted') },
    'mlruns/1',
    'mlruns/1: found no run that was not deleted',
  ],
  [
    'a folder of something else',
    { 'x/a.png': '' },
    'x',
    'x: found a folder; allowed: a file of results, or a folder of event files',
  ],
  [
    'a file of something else',
    { 'x.bin': Buffer.from([1, 0, 2]) },
    'x.bin',
    'x.bin: found a file of no kind that is known; allowed: JSON, csv',
  ],
])('%s is refused with one message', async (_, files, path, message) => {
  const found = await refusalOf(files, path);
  expect(found).toContain(message);
  expect(found.split('\n')).toHaveLength(1);
});
