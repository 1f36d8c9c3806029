import { expect, it } from 'vitest';
import { beginningWords, stoppingWords } from '../src/session/session-words.ts';

const trained = { settings: {} } as never;
const program = { program: { file: 'train.py', command: ['python', 'train.py'] } } as never;
const known = [{}] as never;

it.each([
  [trained, 3, 'cpu', [], 'Sweep s: 3 trials to run, engine onnx'],
  [
    trained,
    Infinity,
    'gpu',
    known,
    'Sweep s: trials to run until X, engine onnx on gpu, 1 known from before',
  ],
  [program, 1, 'cpu', [], 'Sweep s: 1 trial to run, program train.py'],
] as const)('what a session is about, %#', (experiment, trials, device, before, words) => {
  const sweep = { experiment, engine: 'onnx', device, known: before } as never;
  expect(beginningWords('s', { sweep, trials }, 'X')).toBe(words);
});

it('a program is asked to end, as it has no epochs that Thaw knows of', () => {
  expect(stoppingWords(trained)).toBe('Stopping after the running epoch of each trial');
  expect(stoppingWords(program)).toMatch(/^Stopping: each program is asked to end/);
});
