import { expect, it } from 'vitest';
import { Drafts } from '../client/drafts.ts';

function written(text: string): Drafts {
  const drafts = new Drafts();
  drafts.set('note', text);
  return drafts;
}

it('what is written stays where saving it fails, and goes where that was done', async () => {
  const drafts = written('seen twice');
  await drafts.save('note', () => Promise.resolve(false));
  expect(drafts.get('note')).toBe('seen twice');
  await drafts.save('note', () => Promise.resolve(true));
  expect(drafts.get('note')).toBeUndefined();
});

it('what is written while it is being saved stays, and is not saved twice at once', async () => {
  const drafts = written('seen');
  let end!: (done: boolean) => void;
  let count = 0;
  const save = () => new Promise<boolean>((done) => (count++, (end = done)));
  const saving = drafts.save('note', save);
  drafts.set('note', 'seen twice');
  await drafts.save('note', save);
  end(true);
  await saving;
  expect([count, drafts.get('note')]).toEqual([1, 'seen twice']);
});
