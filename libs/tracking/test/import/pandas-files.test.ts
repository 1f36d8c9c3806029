import { expect, test } from 'vitest';
import { parseLooseJson } from '../../src/import/loose-json.ts';
import { readFiles, refusalOf } from './imported.ts';

const curve = (name: string) => (epoch: object) => (epoch as Record<string, number>)[name];

test.each([
  [
    'CSV with the epochs behind',
    'history.csv',
    ',loss,val_loss,epoch\n0,0.9,1.0,0\n1,0.7,,1\n',
    { loss: [0.9, 0.7], val_loss: [1, Number.NaN] },
  ],
  [
    'CSV with what F1Score says of each class',
    'log.csv',
    'epoch,loss,f1\n0,0.9,"""[0.5, 1.0]"""\n1,0.7,"[0.25 nan]"\n',
    { loss: [0.9, 0.7], f1_0: [0.5, 0.25], f1_1: [1, Number.NaN] },
  ],
  [
    'JSON by columns',
    'history.json',
    '{"loss":{"0":0.9,"1":0.7},"f1":{"0":[0.5,1.0],"1":[0.25,null]},"epoch":{"0":0,"1":1}}',
    { loss: [0.9, 0.7], f1_0: [0.5, 0.25], f1_1: [1, Number.NaN] },
  ],
  [
    'JSON by rows',
    'history.json',
    '[{"loss":0.9,"val_loss":1.0},{"loss":0.7,"val_loss":null}]',
    { loss: [0.9, 0.7], val_loss: [1, Number.NaN] },
  ],
  [
    'JSON with orient="split"',
    'history.json',
    '{"columns":["loss","val_loss"],"index":[0,1],"data":[[0.9,1.0],[0.7,null]]}',
    { loss: [0.9, 0.7], val_loss: [1, Number.NaN] },
  ],
  [
    'JSON with orient="index"',
    'history.json',
    '{"0":{"loss":0.9,"val_loss":1.0},"1":{"loss":0.7,"val_loss":null}}',
    { loss: [0.9, 0.7], val_loss: [1, Number.NaN] },
  ],
  [
    'JSON with orient="table"',
    'history.json',
    '{"schema":{"fields":[]},"data":[{"index":0,"loss":0.9},{"index":1,"loss":0.7}]}',
    { loss: [0.9, 0.7] },
  ],
  [
    'JSON Lines',
    'history.jsonl',
    '{"loss":0.9,"val_loss":1.0}\n{"loss":0.7,"val_loss":NaN}\n',
    { loss: [0.9, 0.7], val_loss: [1, Number.NaN] },
  ],
  [
    'vars() of what fit returns',
    'history.json',
    '{"history":{"loss":[0.9,0.7],"f1":[[0.5,1.0],[0.25,null]]},"epoch":[0,1],"params":{"epochs":2}}',
    { loss: [0.9, 0.7], f1_0: [0.5, 0.25], f1_1: [1, Number.NaN] },
  ],
  [
    'printed by str(history.history)',
    'history.txt',
    "{'loss': [0.9, np.float64(0.7)], 'val_loss': (1., nan),\n 'f1': [array([0.5, 1.  ], dtype=float32), array([.25,\n nan], dtype=float32)]}",
    { loss: [0.9, 0.7], val_loss: [1, Number.NaN], f1_0: [0.5, 0.25], f1_1: [1, Number.NaN] },
  ],
])('the curves of History.history as pandas or Python write it: %s', async (_, name, text, curves) => {
  const [run] = await readFiles({ [name]: text }, name);
  for (const [figure, values] of Object.entries(curves))
    expect(run!.epochs.map(curve(figure))).toEqual(values);
});

test.each([
  [
    'a class a line',
    ',precision,recall,f1-score,support\na,1.0,0.5,0.667,4.0\nb,0.667,1.0,0.8,4.0\naccuracy,0.75,0.75,0.75,0.75\nmacro avg,0.833,0.75,0.733,8.0\n',
  ],
  [
    'a class a column',
    ',a,b,accuracy,macro avg\nprecision,1.0,0.667,0.75,0.833\nrecall,0.5,1.0,0.75,0.75\nf1-score,0.667,0.8,0.75,0.733\nsupport,4.0,4.0,0.75,8.0\n',
  ],
  [
    'JSON',
    JSON.stringify({
      a: { precision: 1, recall: 0.5, 'f1-score': 0.667, support: 4 },
      b: { precision: 0.667, recall: 1, 'f1-score': 0.8, support: 4 },
      accuracy: { precision: 0.75, recall: 0.75, 'f1-score': 0.75, support: 0.75 },
      'macro avg': { precision: 0.833, recall: 0.75, 'f1-score': 0.733, support: 8 },
    }),
  ],
])("scikit-learn's report as pandas writes it: %s", async (_, text) => {
  const name = text.startsWith('{') ? 'val-report.json' : 'val-report.csv';
  const [run] = await readFiles({ [name]: text }, name);
  const { accuracy, macro, perClass } = run!.reports.validation!;
  expect(run!.classes).toEqual(['a', 'b']);
  expect([accuracy, macro.f1]).toEqual([0.75, 0.733]);
  expect(perClass[1]).toEqual({ class: 'b', precision: 0.667, recall: 1, f1: 0.8, support: 4 });
});

test('a report as pandas writes it is refused with the line of what is wrong', async () => {
  const head = ',precision,recall,f1-score,support\n';
  const refusal = (text: string) => refusalOf({ 'report.csv': head + text }, 'report.csv');
  expect(await refusal('a,1.0,0.5,0.667,4.0\nb,x,1.0,0.8,4.0\n')).toBe(
    'report.csv, line 3: precision: found "x"; allowed: a number',
  );
  expect(await refusal('a,1.0,0.5,0.667,4.0\nb,2.0,1.0,0.8,4.0\n')).toBe(
    'report.csv, line 3: b.precision: found 2; allowed: a number from 0 to 1, or null where it is undefined',
  );
});

test.each([
  ['of the second class alone', 'image,label,probability\n1,neg,0.25\n2,pos,0.75\n3,pos,0.25\n'],
  [
    'with commas before decimals',
    'image;label;neg;pos\n1;neg;0,75;0,25\n2;pos;0,25;0,75\n3;pos;7,5e-1;0,25\n',
  ],
  [
    'of the class that was predicted alone',
    'image,label,pred,confidence\n1,neg,neg,0.75\n2,pos,pos,0.75\n3,pos,neg,0.75\n',
  ],
  [
    'beside what the image measures, by columns of probability',
    'image_path,actual,predicted,width,height,p(neg),p(pos)\n1,neg,neg,8,8,0.75,0.25\n2,pos,pos,8,8,0.25,0.75\n3,pos,neg,8,8,0.75,0.25\n',
  ],
  [
    'in flat rows of JSON',
    '[{"file":"1","label":"neg","pred":"neg","prob_neg":0.75,"prob_pos":0.25},{"file":"2","label":"pos","pred":"pos","prob_neg":0.25,"prob_pos":0.75},{"file":"3","label":"pos","pred":"neg","prob_neg":0.75,"prob_pos":0.25}]',
  ],
  [
    'in rows as Python prints them',
    "[{'file': '1', 'label': 'neg', 'prob': 0.25}, {'file': '2', 'label': 'pos', 'prob': 0.75}, {'file': '3', 'label': 'pos', 'prob': np.float32(0.25)}]",
  ],
  [
    'by rows under their names, in lists, as orient="index" has them',
    '{"a":{"label":"neg","probs":[0.75,0.25]},"c":{"label":"pos","probs":[0.25,0.75]},"b":{"label":"pos","probs":[0.75,0.25]}}',
  ],
  [
    'by rows under numbers that do not count, as orient="index" has them',
    '{"2":{"label":"neg","neg":0.75,"pos":0.25},"5":{"label":"pos","neg":0.25,"pos":0.75},"7":{"label":"pos","neg":0.75,"pos":0.25}}',
  ],
  [
    'in lists of a column of pandas',
    '{"label":{"0":"neg","1":"pos","2":"pos"},"probs":{"0":[0.75,0.25],"1":[0.25,0.75],"2":[0.75,0.25]}}',
  ],
  [
    'beside one of the class that was predicted',
    'image,label,neg,pos,probability\n1,neg,0.75,0.25,0.75\n2,pos,0.25,0.75,0.75\n3,pos,0.75,0.25,0.75\n',
  ],
  [
    'of the class that was predicted beside what the image measures',
    'image,label,pred,confidence,width,height\n1,neg,neg,0.75,8,8\n2,pos,pos,0.75,8,8\n3,pos,neg,0.75,8,8\n',
  ],
  [
    'beside the place of the class that was predicted',
    'file,label,pred_class,pred,neg,pos\n1,neg,neg,0,0.75,0.25\n2,pos,pos,1,0.25,0.75\n3,pos,neg,0,0.75,0.25\n',
  ],
  [
    'and true classes by place',
    'file,label,pred,neg,pos\n1,0,neg,0.75,0.25\n2,1,pos,0.25,0.75\n3,1,neg,0.75,0.25\n',
  ],
])('predictions with a probability %s', async (_, text) => {
  const [run] = await readFiles({ 'test.csv': text }, 'test.csv');
  expect(run!.classes).toEqual(['neg', 'pos']);
  expect(run!.predictions.test!.map(({ label, probabilities }) => [label, ...probabilities])).toEqual([
    ['neg', 0.75, 0.25],
    ['pos', 0.25, 0.75],
    ['pos', 0.75, 0.25],
  ]);
});

test('one probability of classes 0 and 1 may be of images of one class', async () => {
  for (const text of [
    '{"labels": [1, 1], "probabilities": [0.9, 0.8]}',
    'label,prob\n1,0.9\n1,0.8\n',
    'label,pred,prob\n1,1.0,0.9\n1,1.0,0.8\n',
  ]) {
    const [run] = await readFiles({ 'test.csv': text }, 'test.csv');
    expect(run!.classes).toEqual(['0', '1']);
    expect(run!.predictions.test!.map(({ probabilities }) => probabilities[1])).toEqual([0.9, 0.8]);
  }
});

test('a class may be called what another column is called elsewhere', async () => {
  const text = 'file,label,predicted,other,target\n1,target,target,0.25,0.75\n2,other,other,0.75,0.25\n';
  const [run] = await readFiles({ 'test.csv': text }, 'test.csv');
  expect(run!.summary.test_accuracy).toBe(1);
});

test("Optuna's trials with some of their attributes", async () => {
  const text = 'number,values_0,values_1,params_lr,state\n0,0.5,2.0,0.1,COMPLETE\n';
  const [run] = await readFiles({ 'study.csv': text }, 'study.csv');
  expect(run).toMatchObject({ parameters: { lr: 0.1 }, summary: { values_0: 0.5, values_1: 2 } });
});

test("Optuna's trials under columns in two levels", async () => {
  const text =
    ',number,value,datetime_start,datetime_complete,params,params,state\n,,,,,lr,units,\n0,0,0.5,2024-05-01 10:00:00,2024-05-01 10:00:02,0.1,32,COMPLETE\n';
  const runs = await readFiles({ 'study.csv': text }, 'study.csv');
  expect(runs).toHaveLength(1);
  expect(runs[0]).toMatchObject({
    name: 'trial-0',
    parameters: { lr: 0.1, units: 32 },
    summary: { value: 0.5 },
    outcome: { state: 'finished', seconds: 2 },
  });
});

test('predicted classes without probabilities come to their figures', async () => {
  const table = 'file,label,split,pred\n1,a,val,a\n2,b,val,a\n3,a,test,a\n4,b,test,b\n';
  const [run] = await readFiles({ 'all.csv': table }, 'all.csv');
  expect(run).toMatchObject({
    classes: ['a', 'b'],
    summary: { val_accuracy: 0.5, test_accuracy: 1, gap: -0.5 },
  });
  expect(run!.reports.validation!.perClass[0]).toEqual({
    class: 'a',
    precision: 0.5,
    recall: 1,
    f1: 2 / 3,
    support: 1,
  });
  const third = 'label,pred,confidence\na,a,0.9\nb,c,0.9\nb,b,0.9\n';
  const [ofThree] = await readFiles({ 'test.csv': third }, 'test.csv');
  expect([ofThree!.classes, ofThree!.summary.test_accuracy]).toEqual([['a', 'b', 'c'], 2 / 3]);
  const measured = 'label,pred,width,height\na,a,8,8\nb,a,8,9\n';
  const [ofTwo] = await readFiles({ 'test.csv': measured }, 'test.csv');
  expect([ofTwo!.classes, ofTwo!.summary.test_accuracy]).toEqual([['a', 'b'], 0.5]);
  const [lists] = await readFiles({ 'val.json': '{"y_true": [0, 1], "y_pred": [0, 0]}' }, 'val.json');
  expect([lists!.program, lists!.summary.val_accuracy]).toEqual([null, 0.5]);
});

test('a list of histories is a run each', async () => {
  const runs = await readFiles({ 'folds.json': '[{"loss":[2,1]},{"loss":[3]}]' }, 'folds.json');
  expect(runs.map(({ name, summary }) => [name, summary.train_loss])).toEqual([
    ['fit-1', 1],
    ['fit-2', 3],
  ]);
});

const searched = [
  [
    'CSV',
    'search.csv',
    `,mean_fit_time,param_C,param_kernel,params,split0_test_score,mean_test_score,rank_test_score
0,0.5,0.1,rbf,"{'C': 0.1, 'kernel': 'rbf'}",0.75,0.75,1
1,0.25,,linear,{'kernel': 'linear'},,,2
`,
  ],
  [
    'JSON',
    'search.json',
    '{"mean_fit_time":[0.5,0.25],"param_C":[0.1,null],"param_kernel":["rbf","linear"],"params":[{"C":0.1},{}],"split0_test_score":[0.75,NaN],"mean_test_score":[0.75,NaN],"rank_test_score":[1,2]}',
  ],
  [
    'what Python prints',
    'search.txt',
    "{'mean_fit_time': array([0.5 , 0.25]), 'param_C': masked_array(data=[0.1, --],\n mask=[False,  True],\n fill_value=1e+20), 'param_kernel': masked_array(data=['rbf', 'linear'], mask=False, dtype=object), 'split0_test_score': array([0.75, nan]), 'mean_test_score': array([0.75,  nan]), 'rank_test_score': array([1, 2], dtype=int32)}",
  ],
] as const;

test.each(searched)("scikit-learn's cv_results_ as %s is a run a candidate", async (_, name, text) => {
  const [first, second, ...others] = await readFiles({ [name]: text }, name);
  expect(others).toEqual([]);
  expect(first).toMatchObject({
    name: 'candidate-0',
    program: 'scikit-learn',
    parameters: { C: 0.1, kernel: 'rbf' },
    summary: { mean_test_score: 0.75, split0_test_score: 0.75, mean_fit_time: 0.5, rank_test_score: 1 },
    outcome: null,
  });
  expect([second!.parameters, second!.outcome!.state]).toEqual([{ kernel: 'linear' }, 'failed']);
});

test.each([
  ['s', '1714557600', '1714557602'],
  ['ms', '1714557600000', '1714557602000'],
  ['us', '1714557600000000', '1714557602000000'],
  ['ns', '1714557600000000000', '1714557602000000000'],
  ['texts', '"2024-05-01T10:00:00.000Z"', '"2024-05-01T12:00:02.000000+02:00"'],
])("Optuna's trials as JSON of pandas have their times, in %s", async (_, start, end) => {
  const text = `{"number":{"0":0},"value":{"0":0.5},"datetime_start":{"0":${start}},"datetime_complete":{"0":${end}},"params_lr":{"0":0.1},"state":{"0":"COMPLETE"}}`;
  const [run] = await readFiles({ 'study.json': text }, 'study.json');
  expect(run).toMatchObject({
    parameters: { lr: 0.1 },
    outcome: { created: '2024-05-01T10:00:00.000Z', seconds: 2 },
  });
});

test('20,000 rows are parsed in time, as JSON Lines and as Python prints them', () => {
  const rows = (quote: string) =>
    Array.from({ length: 20_000 }, () => `{${quote}loss${quote}: 0.5, ${quote}val_loss${quote}: 0.25}`);
  for (const text of [rows('"').join('\n'), `[${rows("'").join(',\n')},\n]`]) {
    const before = process.cpuUsage();
    expect(parseLooseJson(text, 'log.json').data).toHaveLength(20_000);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(5);
  }
});
