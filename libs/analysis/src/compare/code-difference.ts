import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { RunRecord } from '@thaw/tracking';

/** How the code differs that two runs came from. */
export interface CodeDifference {
  /** The commits of the folder where the user worked; null where it was no checkout. */
  readonly commits: readonly [Checkout | null, Checkout | null];
  /** Why there is nothing to show, in a sentence; null where there is. */
  readonly missing: string | null;
  /** Lines that were added and removed; null in a binary file. */
  readonly files: readonly {
    readonly file: string;
    readonly added: number | null;
    readonly removed: number | null;
  }[];
  /** As `git diff` writes it. */
  readonly text: string;
  /** Whether the text ends before the difference does. */
  readonly isCut: boolean;
}

interface Checkout {
  readonly commit: string;
  /** Whether tracked files were others than in the commit. */
  readonly dirty: boolean;
}

const run = promisify(execFile);
/** More is for a program that shows differences, in characters. */
const longest = 200_000;
const mostBytes = 64e6;

/** What changed between the commits of two runs, by the git of `directory`, which need not have them. Nothing of its own is started by git. */
export async function codeDifference(
  runs: readonly [Pick<RunRecord, 'id' | 'provenance'>, Pick<RunRecord, 'id' | 'provenance'>],
  directory: string,
): Promise<CodeDifference> {
  const [a, b] = [checkoutOf(runs[0]), checkoutOf(runs[1])];
  const nothing = (missing: string): CodeDifference => ({
    ...{ commits: [a, b], missing, files: [], text: '', isCut: false },
  });
  if (a === null || b === null) {
    const { id } = a === null ? runs[0] : runs[1];
    return nothing(`of run ${id} no commit is known: it was not begun in a git checkout`);
  }
  if (a.commit === b.commit) {
    const isSure = !a.dirty && !b.dirty;
    return nothing(
      isSure
        ? 'both come from the same commit'
        : 'both come from the same commit, with changes that were not committed and cannot be shown',
    );
  }
  for (const { commit } of [a, b]) {
    if (!(await hasCommit(directory, commit))) {
      return nothing(`git in ${directory} does not have the commit ${commit.slice(0, 12)}`);
    }
  }
  const [counts, text] = await Promise.all([
    diff(directory, a.commit, b.commit, '--numstat', '-z'),
    diff(directory, a.commit, b.commit, '--patch'),
  ]);
  return {
    commits: [a, b],
    missing: null,
    files: counts.split('\0').filter(Boolean).map(countOf),
    text: text.slice(0, longest),
    isCut: text.length > longest,
  };
}

function checkoutOf({ provenance }: Pick<RunRecord, 'provenance'>): Checkout | null {
  const git = provenance?.git ?? null;
  // A name that begins with a dash would be an option.
  return git && /^[0-9a-f]{7,64}$/.test(git.commit) ? git : null;
}

async function hasCommit(directory: string, commit: string): Promise<boolean> {
  return git(directory, 'cat-file', '-e', `${commit}^{commit}`).then(
    () => true,
    () => false,
  );
}

function diff(directory: string, from: string, to: string, ...how: string[]): Promise<string> {
  const plain = ['--no-ext-diff', '--no-textconv', '--no-color', '--no-renames'];
  return git(directory, 'diff', ...plain, ...how, from, to, '--');
}

async function git(directory: string, ...words: string[]): Promise<string> {
  const options = { cwd: directory, maxBuffer: mostBytes };
  return (await run('git', ['--no-optional-locks', '--no-pager', ...words], options)).stdout;
}

function countOf(line: string): CodeDifference['files'][number] {
  const [added, removed, ...file] = line.split('\t');
  const count = (text: string | undefined) => (text === '-' ? null : Number(text));
  return { file: file.join('\t'), added: count(added), removed: count(removed) };
}
