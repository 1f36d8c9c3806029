import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const root = join(import.meta.dirname, '../../../..');
const { withBundle } = createRequire(import.meta.url)('../../../../tools/nx-program/bundles.cjs') as {
  withBundle: (words: readonly string[], root: string) => string[];
};

export interface DashboardProcess {
  readonly url: string;
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

/** Starts `npx nx run dashboard` on a free port, which builds the pages if need be. Rejects with what it said when it ends. */
export async function startDashboard(
  runsDir: string,
  options: readonly string[] = [],
): Promise<DashboardProcess> {
  const child = spawn(
    process.execPath,
    [...nodeArguments(), '--port', '0', '--runs-dir', resolve(runsDir), ...options],
    { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  let said = '';
  const url = await new Promise<string>((ready, fail) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = / at (http:\S+)/.exec(said)?.[1];
      if (found !== undefined) ready(found);
    });
    void ended.then(() => fail(new Error(said)));
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return { url, pid: child.pid!, stop };
}

/** What `npx nx run dashboard` has Node run. */
function nodeArguments(): string[] {
  const { nx } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    nx: { targets: { dashboard: { options: { command: string } } } };
  };
  const words = nx.targets.dashboard.options.command.split(' ');
  return withBundle([...words.slice(1, -1), join(root, words.at(-1)!)], root);
}
