import { UserError, type Remedy } from '@thaw/base';
import { readExperiment } from '@thaw/experiment';
import { openStore } from '@thaw/tracking';
import { expect, it } from 'vitest';
import { errorText } from '../src/error-text.ts';
import { inWords } from '../src/remedy-text.ts';

it.each<[message: string, Remedy, said: string]>([
  ['queue: found "x"', { do: 'change', input: 'queue' }, '--queue: found "x"'],
  [
    'e.yaml:3: model: found 1\nset training.epochs=x: found "x"\nset a: found no path before a value',
    { do: 'change', input: 'set' },
    'e.yaml:3: model: found 1\n--set training.epochs=x: found "x"\n--set a: found no path before a value',
  ],
  [
    'runs is a file',
    { do: 'choose', what: 'runs folder' },
    'runs is a file; choose a folder with --runs-dir',
  ],
  ['read as csv', { do: 'choose', what: 'layout of images' }, 'read as csv (--layout reads it otherwise)'],
  ['no GPU.', { do: 'build TensorFlow' }, 'no GPU.\n"npx nx run tensorflow" builds one for this machine'],
  [
    'Images lie there.',
    { do: 'look for copies', folder: "/of her's" },
    String.raw`Images lie there. Pictures of the groups: npx nx run leakage --data '/of her'\''s'`,
  ],
  ['there is no model', { do: 'promote a run' }, 'there is no model; `promote` makes one'],
  ['Figures.', { do: 'show run', run: 'r1' }, 'Figures. Its gap per class: npx nx run runs show r1'],
  [
    'Trials wait.',
    { do: 'start workers', queue: 'redis://h:1' },
    'Trials wait. On other machines: npx nx run worker --queue redis://h:1',
  ],
])('%j is mended, here, by %j', (message, remedy, said) => {
  expect(inWords({ message, remedy }).startsWith(said)).toBe(true);
});

it('errors of libs come out with the flags of this program', () => {
  const told = (act: () => unknown) => {
    try {
      act();
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      return errorText(error, false);
    }
    return null;
  };
  expect(
    told(() => readExperiment('training: {epochs: 0}', 'e.yaml', { set: ['model.head_units=-1'] })),
  ).toMatch(
    /^e\.yaml:1: training\.epochs: found 0; .*\n--set model\.head_units=-1: model\.head_units: found -1; /,
  );
  expect(told(() => openStore(import.meta.filename))).toMatch(
    / is a file, not a folder; choose a folder with --runs-dir$/,
  );
});
