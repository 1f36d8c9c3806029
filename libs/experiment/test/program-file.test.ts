import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadAnyExperiment, readExperiment, type LoadOptions, type ProgramExperiment } from '../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'thaw-program-file-'));
writeFileSync(join(folder, 'train.py'), '');
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function read(text: string, options: LoadOptions = {}): Promise<ProgramExperiment> {
  const file = join(folder, 'e.yaml');
  writeFileSync(file, text);
  const experiment = await loadAnyExperiment(file, { directory: folder, ...options });
  if (!('program' in experiment)) throw new Error('no program');
  return experiment;
}

async function messagesOf(text: string, options: LoadOptions = {}): Promise<string[]> {
  const error = await read(text, options).then(
    () => new Error(''),
    (reason: unknown) => reason as Error,
  );
  return error.message.split('\n').map((line) => line.replace(join(folder, 'e.yaml'), 'e.yaml'));
}

const metric = 'metric: {name: val_accuracy}\n';

describe('a file that names a program', () => {
  it("is W&B's own first example as it stands", async () => {
    const experiment = await read(`program: train.py
name: sweepdemo
method: bayes
metric:
  goal: minimize
  name: validation_loss
parameters:
  learning_rate:
    min: 0.0001
    max: 0.1
  batch_size:
    values: [16, 32, 64]
  optimizer:
    values: ["adam", "sgd"]
`);
    expect(experiment).toMatchObject({
      name: 'sweepdemo',
      method: 'bayes',
      metric: { name: 'validation_loss', goal: 'minimize', target: null },
      parameters: {
        learning_rate: { distribution: 'uniform', min: 0.0001, max: 0.1 },
        batch_size: { values: [16, 32, 64] },
        optimizer: { values: ['adam', 'sgd'] },
      },
      program: { file: 'train.py', command: ['${env}', '${interpreter}', '${program}', '${args}'] },
      notes: [],
    });
  });

  it('has parameters of any names, and nested ones with the keys that lead to them', async () => {
    const { parameters, program } = await read(`program: train.py
${metric}parameters:
  model.scenario: {values: [a, b]}
  training: {value: fast}
  optimizer:
    parameters:
      lr: {values: [1, 2]}
      schedule: {parameters: {type: {value: cosine}}}
`);
    expect(parameters).toEqual({
      'model.scenario': { values: ['a', 'b'] },
      training: { values: ['fast'] },
      'optimizer.lr': { values: [1, 2] },
      'optimizer.schedule.type': { values: ['cosine'] },
    });
    expect(program.paths).toEqual({
      'model.scenario': ['model.scenario'],
      training: ['training'],
      'optimizer.lr': ['optimizer', 'lr'],
      'optimizer.schedule.type': ['optimizer', 'schedule', 'type'],
    });
  });

  it('has a command of words, numbers, macros and variables of the environment', async () => {
    process.env['THAW_TEST_HOME'] = '/home';
    const { program } = await read(
      `command: [python3, -m, "\${envvar:THAW_TEST_HOME}/train", --gpu, 0, "\${args_no_hyphens}"]\n${metric}`,
    );
    delete process.env['THAW_TEST_HOME'];
    expect(program).toMatchObject({
      file: null,
      command: ['python3', '-m', '/home/train', '--gpu', '0', '${args_no_hyphens}'],
    });
  });

  it('is told where it chooses by the test set', async () => {
    const { notes } = await read('program: train.py\nmetric: {name: test_accuracy}\n');
    expect(notes).toEqual([
      'metric.name is test_accuracy: the best of many trials on the test set has a test result that is no longer that of unseen images',
    ]);
  });

  it('lets --set change a parameter, and a sweep of many reports end early', async () => {
    const text = `program: train.py\nmethod: random\n${metric}run_cap: 4\nparameters: {lr: {min: 0.0, max: 1.0}}\nearly_terminate: {type: asha, min_iter: 500}\n`;
    const { parameters, early_terminate } = await read(text, { set: ['parameters.lr.values=[3, 4]'] });
    expect(parameters).toEqual({ lr: { values: [3, 4] } });
    expect(early_terminate).toEqual({ type: 'asha', min_iter: 500, eta: 3 });
  });

  const wrong: [text: string, messages: string[]][] = [
    [
      `program: trian.py\n${metric}`,
      [
        `e.yaml:1: program: found "trian.py", which does not exist (${join(folder, 'trian.py')}); allowed: the program that each trial starts; did you mean train.py?`,
      ],
    ],
    [
      `program: train.py\n${metric}dataset: {path: x}\nmodel: {alpha: 2}\ntest: each\n`,
      [
        'e.yaml:3: dataset: found dataset, model, test beside a program of your own, which they say nothing to; allowed: parameters, which become its arguments',
      ],
    ],
    [
      'program: train.py\nmetric: {name: score}\n',
      ['e.yaml:2: metric.goal: found nothing; allowed: maximize or minimize'],
    ],
    [
      'program: train.py\n',
      [
        'e.yaml:1: metric: found nothing; allowed: metric: {name: NAME, goal: maximize or minimize}, a value that the program reports',
      ],
    ],
    [
      `program: train.py\n${metric}parametrs: {}\n`,
      [
        'e.yaml:3: parametrs: found an unknown key; allowed: name, description, method, parameters, run_cap, early_terminate, program, command, metric; did you mean parameters?',
      ],
    ],
    [
      `command:\n  - "\${program}"\n  - "\${argz}"\n  - "--x=\${args}"\n  - "\${envvar:THAW_NO_SUCH}"\n${metric}`,
      [
        'e.yaml:1: command: found ${program}, but no program; allowed: beside program: FILE',
        'e.yaml:3: command.1: found an unknown macro ${argz}; allowed: ${env}, ${interpreter}, ${program}, ${args}, ${args_no_hyphens}, ${args_no_equals}, ${args_no_boolean_flags}, ${args_json}, ${args_json_file}, ${envvar:NAME}; did you mean ${args}?',
        'e.yaml:4: command.2: found ${args} as a part of "--x=${args}"; allowed: an item of its own',
        'e.yaml:5: command.3: found ${envvar:THAW_NO_SUCH}, but the environment has no THAW_NO_SUCH; allowed: a variable that is set',
      ],
    ],
    [
      `program: train.py\n${metric}parameters:\n  a.b: {value: 1}\n  a: {parameters: {b: {value: 2}}}\n`,
      [
        'e.yaml:5: parameters.a.b: found this parameter a second time (first at e.yaml:4); allowed: each parameter once',
      ],
    ],
    [
      `program: train.py\n${metric}parameters: {a: {value: 1}}\nearly_terminate: {type: asha}\n`,
      [
        'e.yaml:4: early_terminate: found a rule that can never end a trial: a sweep of one trial has nothing to compare it with; allowed: leave early_terminate out, or change it',
      ],
    ],
  ];
  it.each(wrong)('is refused with each mistake at its line: %s', async (text, messages) => {
    const found = (await messagesOf(text)).map((line) => line.replace(join(folder, 'e.yaml'), 'e.yaml'));
    expect(found).toEqual(messages);
  });

  it('is refused where Thaw itself is to train', () => {
    expect(() => readExperiment('name: x\nprogram: train.py\n', 'e.yaml')).toThrow(
      'e.yaml:2: program: found a program of your own; allowed here: an experiment that Thaw trains',
    );
  });
});
