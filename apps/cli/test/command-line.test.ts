import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { programArguments } from '@thaw/base/testing';
import { UserError } from '@thaw/base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommandLine } from '../src/cli.ts';
import { errorText } from '../src/error-text.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'thaw-cli-'));
  writeFileSync(join(folder, 'file'), '');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function mistake(...args: string[]): Promise<string> {
  const error: unknown = await runCommandLine(args).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(UserError);
  return errorText(error, false);
}

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

function run(...args: string[]): Promise<Ended> {
  const root = resolve(import.meta.dirname, '../../..');
  const main = [...programArguments(join(root, 'apps/cli/src/main.ts')), ...args];
  return new Promise((done) => {
    execFile(process.execPath, main, { cwd: root }, (error, stdout, stderr) => {
      done({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

describe('mistakes on the command line', () => {
  it.each([
    [[], /^Say what to do: `init`, `sweep`, `sweeps`, `runs`, /],
    [['swep'], /^unknown argument swep; did you mean sweep\?/],
    [['sweep'], /^sweep needs an experiment file, --config FILE/],
    [['sweep', '--confg', 'x'], /^unknown option --confg; did you mean --config\?/],
    [['sweep', '--max-trial', '3'], /^unknown option --max-trial; did you mean --max-trials\?\n--help/],
    [['sweep', '--qqqqqqqq'], /^unknown option --qqqqqqqq\n/],
    [['sweep', '--config'], /^Not enough arguments following: config/],
    [['sweep', '--config', 'a', '--config', 'b'], /^--config was given more than once$/],
    [
      ['sweep', '--config', 'x', '--workers', '0'],
      /^--workers: found "0"; allowed: a whole number of 1 or more$/,
    ],
    [['sweep', '--config', 'x', '--workers', 'two'], /^--workers: found "two"/],
    [
      ['sweep', '--config', 'x', '--tracker-port', '70770'],
      /^--tracker-port: found "70770"; allowed: a whole number from 0 to 65535$/,
    ],
    [['sweep', '--open-test', 'latest', '--dry-run'], /open-test and dry-run are mutually exclusive/],
    [['sweep', '--open-test', 'latest', '--retry', '0'], /open-test and retry are mutually exclusive/],
    [['sweep', '--open-test', 'latest', '--set', 'a=b'], /^--set a=b: allowed: dataset.path=DIR alone/],
    [['sweep', '--config', 'x', '--max-trials', '1.5'], /^--max-trials: found "1.5"/],
    [['sweep', '--config', 'x', '--engine', 'abacus'], /Given: "abacus", Choices: "auto", "onnx"/],
    [['sweep', '--config', 'no-such-file.yaml'], /^no-such-file\.yaml: found no file of this name/],
    [['leakage'], /^needed, and not given: --data\n--help/],
    [['models', 'export', 'x'], /^needed, and not given: --format, --output\n/],
    [['leakage', '--data', 'no-such-folder'], /no-such-folder is not there; a folder of images is needed/],
    [
      ['leakage', '--data', 'x', '--layout', 'tfrecord'],
      /Choices: "train-test-folders", "class-folders", "csv"/,
    ],
    [['runs'], /^Say what to do: `runs list`, `runs show RUN`, `runs compare RUN RUN`/],
    [['runs', 'list', 'everything'], /^unknown argument everything/],
    [['runs', 'show'], /^too few words: npx nx run runs show <run>\n--help/],
    [['predict', '--model', 'x'], /^too few words: npx nx run predict <files\.\.>\n/],
    [['runs', 'list', '--limit', '0'], /^--limit: found "0"; allowed: a whole number of 1 or more$/],
    [['runs', 'list', '--format', 'xml'], /Given: "xml", Choices: "table", "json", "csv"/],
    [['sweeps'], /^Say what to do: `sweeps list`, `sweeps show SWEEP`, /],
    [['sweeps', 'delete'], /^too few words: npx nx run sweeps delete <sweeps\.\.>\n/],
    [['sweeps', 'delete', 'x', '--undo', '--keep-runs'], /^--undo brings back all that was deleted/],
    [['sweeps', 'delete', 'x', '--yes', '--runs-dir', 'none'], /^there is no sweep "x"/],
    [['runs', 'delete', '--undo', '--where', 'state = failed'], /^--undo takes whole ids, and no --where$/],
    [
      ['runs', 'delete', '--where', 'state = failed', '--runs-dir', 'none'],
      /^there is no run for which this is true: state = failed$/,
    ],
    [['runs', 'tag', 'x', '--add', 'a', '--add', 'b', '--runs-dir', 'none'], /^there is no run "x"/],
    [['runs', 'note', 'x', 'two', 'words', '--runs-dir', 'none'], /^there is no run "x"/],
  ])('%j', async (args, message) => {
    expect(await mistake(...args)).toMatch(message);
  });

  it.each([
    ['a folder', '.', /is a folder; a file's name is needed$/],
    ['below a file', 'file/x.json', /cannot be written: .*file is no folder$/],
  ])('an output file that is %s is refused before any work', async (_, name, message) => {
    const args = ['--config', 'no-such-file.yaml', '--output', join(folder, name)];
    expect(await mistake('sweep', ...args)).toMatch(message);
  });

  it('names runs and sweeps that are not there', async () => {
    const runsDir = ['--runs-dir', join(folder, 'none')];
    expect(await mistake('runs', 'show', 'latest', ...runsDir)).toContain('no latest run');
    expect(await mistake('sweep', '--resume', 'latest', ...runsDir)).toContain('no latest sweep');
  });
});

describe('the program', () => {
  it('says its version, that of Node and the platform on one line', async () => {
    const { version } = JSON.parse(
      readFileSync(resolve(import.meta.dirname, '../../../package.json'), 'utf8'),
    ) as {
      version: string;
    };
    const { code, stdout } = await run('--version');
    expect(code).toBe(0);
    expect(stdout).toBe(
      `thaw ${version}, Node ${process.versions.node}, ${process.platform} ${process.arch}\n`,
    );
  });

  it('ends with exit code 1 and one message without a stack for a mistake', async () => {
    const { code, stdout, stderr } = await run('sweep', '--ouput', 'x');
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toBe('unknown option --ouput; did you mean --output?\n--help shows what there is.\n');
  });

  it.each([['sweep'], ['sweeps'], ['runs'], ['runs list'], ['runs show'], ['leakage'], ['fetch']])(
    'shows options and an example of %s',
    async (command) => {
      const { code, stdout } = await run(...command.split(' '), '--help');
      expect(code).toBe(0);
      expect(stdout).toMatch(/Options:\n/);
      expect(stdout).toContain(`npx nx run ${command}`);
      expect(stdout).toMatch(/Examples:\n/);
    },
  );

  it('says what to do when there are no runs', async () => {
    const { code, stdout } = await run('runs', 'list', '--runs-dir', join(folder, 'none'));
    expect(code).toBe(0);
    expect(stdout).toContain('`npx nx run init` writes an experiment to begin with');
  });
});

describe('what is said about an error', () => {
  it('is the message alone when the user can mend it', () => {
    expect(errorText(new UserError('no such file'), true)).toBe('no such file');
  });

  it('says besides what to do about a full disk', () => {
    const error = new UserError('the sweep cannot go on: ENOSPC', { kind: 'full-disk' });
    expect(errorText(error, false)).toMatch(
      /^the sweep cannot go on: ENOSPC\nThe disk is full: free some space/,
    );
  });

  it.each([
    ['ENOSPC', /^no\nThe disk is full: free some space/],
    ['EROFS', /^no\nChoose a writable folder/],
    ['ENOTDIR', /^no\nA part of this path is a file/],
  ])('is what to do when the system says %s, and not that it is a defect', (code, said) => {
    const text = errorText(Object.assign(new Error('no'), { code }), false);
    expect(text).toMatch(said);
    expect(text).not.toContain('defect');
  });

  it('is that it is a defect otherwise, with the stack on demand', () => {
    const error = new TypeError('x is undefined');
    expect(errorText(error, false)).toBe(
      'x is undefined\nThis is a defect in Thaw; --log-level debug shows where it is.',
    );
    expect(errorText(error, true)).toContain(import.meta.filename);
  });
});
