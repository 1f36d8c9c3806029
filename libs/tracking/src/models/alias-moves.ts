import { join } from 'node:path';
import { readIfThere, UserError, withFileLock, writeFileAtomic } from '@thaw/base';
import * as z from 'zod';
import { readingProblem, type Damaged } from '../files/read-record.ts';

const moveSchema = z.object({
  alias: z.string(),
  /** Null: the alias was taken away. */
  version: z.number().int().positive().nullable(),
  at: z.iso.datetime(),
});

/** An alias pointed at a version from then on. */
export type AliasMove = z.output<typeof moveSchema>;

const fileSchema = z.object({ format: z.literal(1), moves: z.array(moveSchema) });

/** All moves of a model's aliases, oldest first. Never throws: what is wrong with their file is said in `damaged`. */
export async function readAliasFile(
  folder: string,
): Promise<{ moves: readonly AliasMove[] } | { damaged: Damaged }> {
  const path = aliasFile(folder);
  try {
    const text = await readIfThere(path);
    return { moves: text === null ? [] : fileSchema.parse(JSON.parse(text)).moves };
  } catch (error) {
    const reason =
      error instanceof z.ZodError
        ? 'it is not a list of moves'
        : readingProblem(error as NodeJS.ErrnoException, 'aliases.json');
    return { damaged: { path, reason } };
  }
}

/** The same for those who can do nothing without them: a UserError for a file that is damaged. */
export async function readAliasMoves(folder: string): Promise<readonly AliasMove[]> {
  const result = await readAliasFile(folder);
  if ('moves' in result) return result.moves;
  throw new UserError(`${result.damaged.path} is damaged: ${result.damaged.reason}`, { kind: 'damaged' });
}

/** Adds a move that `next` makes of those so far, one process at a time; `next` may throw, and null changes nothing. */
export async function addAliasMove(
  folder: string,
  next: (moves: readonly AliasMove[]) => AliasMove | null,
): Promise<AliasMove | null> {
  return withFileLock(join(folder, '.aliases-lock'), async () => {
    const moves = await readAliasMoves(folder);
    const move = next(moves);
    if (move) {
      const document = { format: 1, moves: [...moves, move] };
      await writeFileAtomic(aliasFile(folder), `${JSON.stringify(document, null, 2)}\n`);
    }
    return move;
  });
}

/** Where each alias points now, in the order in which they were first set. */
export function currentAliases(moves: readonly AliasMove[]): Map<string, number> {
  const aliases = new Map<string, number | null>();
  for (const { alias, version } of moves) aliases.set(alias, version);
  return new Map([...aliases].filter((entry): entry is [string, number] => entry[1] !== null));
}

function aliasFile(folder: string): string {
  return join(folder, 'aliases.json');
}
