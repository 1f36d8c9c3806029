import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { openStore } from '@thaw/tracking';
import { expect, onTestFinished, test } from 'vitest';
import { MlflowHandler } from '../server/mlflow/mlflow-handler.ts';

const hasPython = spawnSync('python3', ['--version']).status === 0;
const environment = { PYTHONPATH: join(import.meta.dirname, '../public'), PYTHONDONTWRITEBYTECODE: '1' };

/** A loop of one's own, which knows no Keras; what it does a second time fails, and the third time nobody answers. */
const program = `
from thaw_keras import Run

class Array:  # what NumPy's arrays and PyTorch's tensors have in common
    def __init__(self, values): self.values = values
    def tolist(self): return self.values

with Run("loop", experiment="own", parameters={"lr": 0.1}) as run:
    run.log_epoch({"loss": 1, "val_loss": float("nan")})
    run.log_epoch({"loss": 0.5, "val_loss": 0.75})
    for split in ("validation", "test"):
        run.log_predictions(["a.png", "b.png"], Array([0, 1]), Array([[0.9, 0.1], [0.2, 0.8]]), split, ["p", "q"], ["A", "B"])
try:
    with Run("broken") as run:
        run.log_predictions(["a.png", "b.png"], [0, 1], [[1, 0], [0, 1]], "test", [None, float("nan")])
        raise ValueError("of the loop")
except ValueError:
    pass
with Run(url="http://127.0.0.1:9") as run:
    run.log_epoch({"loss": 1})
    run.log_epoch({"loss": 1})
    print(run.log_predictions(["a"], [0], [[1, 0]], "test"))
`;

test.skipIf(!hasPython)(
  'thaw_keras.py logs a loop of any program, live, and stands in the way of none (needs python3)',
  async () => {
    const runsDir = await mkdtemp(join(tmpdir(), 'thaw-python-'));
    onTestFinished(() => rm(runsDir, { recursive: true, force: true }));
    const handler = new MlflowHandler(runsDir);
    const server = createServer((request, response) => void handler.handle(request, response));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const python = spawn('python3', ['-'], {
      env: {
        ...process.env,
        ...environment,
        THAW_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      },
    });
    const said = Promise.all([text(python.stdout), text(python.stderr)]);
    python.stdin.end(program);
    const [output, errors] = await said;
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    await handler.close();

    expect(output).toBe('None\n');
    expect(errors).toMatch(/^thaw_keras: http:\/\/127\.0\.0\.1:9 does not take this run: .*\n$/);
    const store = openStore(runsDir);
    const { runs } = await store.runs();
    const [loop, broken] = ['loop', 'broken'].map((name) =>
      runs.find(({ logged }) => logged?.name === name)!,
    );
    expect([broken!.state, await store.groups(broken!.id)]).toEqual(['failed', null]);
    expect(loop).toMatchObject({
      state: 'finished',
      classes: ['A', 'B'],
      summary: { train_loss: 0.5, val_accuracy: 1, test_accuracy: 1 },
    });
    expect(await store.metrics(loop!.id)).toMatchObject([
      { epoch: 1, loss: 1, val_loss: Number.NaN },
      { epoch: 2, loss: 0.5, val_loss: 0.75 },
    ]);
    expect((await store.groups(loop!.id))!.images.map(({ group }) => group)).toEqual(['p', 'q', 'p', 'q']);
  },
);

test.skipIf(!hasPython)(
  'thaw_keras.py loads Keras for its callback alone: the one in use (needs python3)',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'thaw-keras-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const keras = `print("loads", __name__)
class callbacks:
    class Callback: pass
`;
    for (const name of ['keras', 'tf_keras']) await writeFile(join(folder, `${name}.py`), keras);
    const said = (code: string, more: Readonly<Record<string, string>> = {}) => {
      const path = `${environment.PYTHONPATH}:${folder}`;
      const env = { ...process.env, ...environment, PYTHONPATH: path, ...more };
      return spawnSync('python3', ['-c', code], { env, encoding: 'utf8' }).stdout;
    };
    expect(said('from thaw_keras import Run, log_predictions')).toBe('');
    expect(said('from thaw_keras import *\nprint(ThawCallback.__name__, Run.__name__)')).toBe(
      'loads keras\nThawCallback Run\n',
    );
    const callback = `from thaw_keras import ThawCallback
import pickle
print([each.__module__ for each in ThawCallback.__mro__], pickle.loads(pickle.dumps(ThawCallback)) is ThawCallback)`;
    const from = (name: string) =>
      `loads ${name}\n['thaw_keras', 'thaw_keras', '${name}', 'builtins'] True\n`;
    expect(said(callback)).toBe(from('keras'));
    expect(said(`import tf_keras\n${callback}`)).toBe(from('tf_keras'));
    expect(said(callback, { TF_USE_LEGACY_KERAS: '1' })).toBe(from('tf_keras'));
  },
);

test.skipIf(!hasPython)('thaw_keras.py is of use without Keras (needs python3)', () => {
  const code = `import sys
sys.modules.update(keras=None, tf_keras=None)  # as where they are not installed
from thaw_keras import *
import thaw_keras
print(Run.__name__, "ThawCallback" in globals())
try:
    thaw_keras.ThawCallback
except thaw_keras.ThawError as error:
    print(error)`;
  const { stdout } = spawnSync('python3', ['-c', code], {
    env: { ...process.env, ...environment },
    encoding: 'utf8',
  });
  expect(stdout).toBe(
    'Run False\nThawCallback needs Keras, which cannot be loaded; other programs use Run\n',
  );
});
