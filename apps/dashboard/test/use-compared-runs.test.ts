import { expect, it, onTestFinished, vi } from 'vitest';
import { growCompared } from '../client/use-compared-runs.ts';

type Compared = NonNullable<Parameters<typeof growCompared>[1]>;

const seen = (sealed: Record<string, boolean>): Compared => ({
  runs: Object.entries(sealed).map(([id, isSealed]) => {
    return { run: { id, state: 'finished', sealed: isSealed }, epochs: [], results: null } as never;
  }),
  problems: [],
});

it('runs whose test set is sealed are followed until it is opened, and then compared anew', async () => {
  const sealed = { a: true, b: false };
  const asked: string[] = [];
  vi.stubGlobal('fetch', (url: string) => {
    const path = url.replace('/api/v1', '');
    asked.push(path);
    const run = { id: 'a', state: 'finished', sealed: sealed.a };
    const answer = path.startsWith('/comparison') ? seen(sealed) : run;
    return Promise.resolve(new Response(JSON.stringify(answer)));
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  const { signal } = new AbortController();
  const before = await growCompared(['a', 'b'], undefined, signal, 0);
  const still = await growCompared(['a', 'b'], before, signal, 1);
  expect(still).toBe(before);
  expect(asked.slice(1)).toEqual(['/runs/a']);
  sealed.a = false;
  expect(await growCompared(['a', 'b'], still, signal, 2)).toEqual(seen({ a: false, b: false }));
});

it('a sealed run is asked every tenth turn while another is training', async () => {
  const known = seen({ a: true, b: false });
  const runs = known.runs.map((each, i) =>
    i === 0 ? each : { ...each, run: { ...each.run, state: 'running' } },
  );
  const asked: string[] = [];
  vi.stubGlobal('fetch', (url: string) => {
    const path = url.replace('/api/v1', '');
    asked.push(path);
    const answer = runs.find(({ run }) => path === `/runs/${run.id}`)?.run ?? { epochs: [] };
    return Promise.resolve(new Response(JSON.stringify(answer)));
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  const { signal } = new AbortController();
  let now = { ...known, runs } as Compared;
  for (let turn = 1; turn <= 20; turn++) now = await growCompared(['a', 'b'], now, signal, turn);
  expect(asked.filter((path) => path === '/runs/b')).toHaveLength(20);
  expect(asked.filter((path) => path === '/runs/a')).toHaveLength(2);
});
