import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SpriteSheets } from '../client/sprite-sheets.ts';

const answers = vi.fn<() => Promise<Response>>();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', answers);
  vi.stubGlobal('createImageBitmap', () => Promise.resolve({ close: () => undefined }));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  answers.mockReset();
});

/** Pictures that somebody wants until they are there. */
function wanted(): { isThere: () => boolean } {
  const sheets = new SpriteSheets((sheet) => `sheets/${sheet}`);
  let sprite = sheets.get(0);
  sheets.subscribe(() => (sprite = sheets.get(0)));
  return { isThere: () => sprite !== null };
}

it('a sheet that did not come is asked for again, later each time', async () => {
  answers.mockRejectedValueOnce(new TypeError('no server'));
  answers.mockResolvedValueOnce(new Response(null, { status: 503 }));
  answers.mockImplementation(() => Promise.resolve(new Response('picture')));
  const { isThere } = wanted();
  await vi.advanceTimersByTimeAsync(1000);
  expect(answers).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(1000);
  expect([answers.mock.calls.length, isThere()]).toEqual([2, false]);
  await vi.advanceTimersByTimeAsync(1000);
  expect([answers.mock.calls.length, isThere()]).toEqual([3, true]);
});

it('a sheet that the server does not have is asked for once', async () => {
  answers.mockImplementation(() => Promise.resolve(new Response(null, { status: 404 })));
  wanted();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(answers).toHaveBeenCalledTimes(1);
});
