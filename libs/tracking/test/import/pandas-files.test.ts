import { expect, test } from 'vitest';
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
])('the curves of History.history as pandas writes it: %s', async (_, name, text, curves) => {
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
    'beside one of the class that was predicted',
    'image,label,neg,pos,probability\n1,neg,0.75,0.25,0.75\n2,pos,0.25,0.75,0.75\n3,pos,0.75,0.25,0.75\n',
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
