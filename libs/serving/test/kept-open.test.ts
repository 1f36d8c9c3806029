import { expect, it } from 'vitest';
import { KeptOpen } from '../src/model/kept-open.ts';

interface Model {
  readonly name: string;
  isClosed: boolean;
  dispose(): void;
}

function model(name: string): Model {
  return {
    name,
    isClosed: false,
    dispose() {
      this.isClosed = true;
    },
  };
}

const opening = (name: string) => () => Promise.resolve(model(name));
const nothing = (opened: Model) => Promise.resolve(opened);

it('what is in use stays open though others have been asked for since, and closes when that ends', async () => {
  const models = new KeptOpen<Model>(1);
  let end!: () => void;
  let used!: Model;
  const begun = new Promise<void>((resolve) => {
    void models.use('a', opening('a'), async (opened) => {
      used = opened;
      resolve();
      await new Promise<void>((done) => (end = done));
    });
  });
  await begun;
  await models.use('b', opening('b'), nothing);
  expect(used.isClosed).toBe(false);
  end();
  await expect.poll(() => used.isClosed).toBe(true);
});

it('what was asked for longest ago goes, and what is kept is not opened again', async () => {
  const models = new KeptOpen<Model>(2);
  const first = await models.use('a', opening('a'), nothing);
  const second = await models.use('b', opening('b'), nothing);
  expect(await models.use('a', opening('anew'), nothing)).toBe(first);
  await models.use('c', opening('c'), nothing);
  await expect.poll(() => [first.isClosed, second.isClosed]).toEqual([false, true]);
});

it('who asks for another model is not told what is wrong with one that has to go', async () => {
  const models = new KeptOpen<Model>(1);
  const damaged = models.use('a', () => Promise.reject(new Error('damaged')), nothing);
  const asked = models.use('b', opening('b'), nothing);
  await expect(damaged).rejects.toThrow('damaged');
  expect((await asked).name).toBe('b');
});

it('what could not be opened is opened anew', async () => {
  const models = new KeptOpen<Model>(1);
  await expect(models.use('a', () => Promise.reject(new Error('damaged')), nothing)).rejects.toThrow();
  expect((await models.use('a', opening('mended'), nothing)).name).toBe('mended');
});
