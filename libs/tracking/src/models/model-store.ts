import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { removeAbandoned, UserError, writeChecksums, writeFileAtomic, writeFolderAtomic } from '@thaw/base';
import { didYouMean, nearest } from '@thaw/experiment';
import type { Clock } from '../files/heartbeat.ts';
import type { Damaged } from '../files/read-record.ts';
import {
  addAliasMove,
  currentAliases,
  readAliasFile,
  readAliasMoves,
  type AliasMove,
} from './alias-moves.ts';
import { checkAlias, checkModelName, parseModelReference } from './model-reference.ts';
import { readVersion } from './read-version.ts';
import type { VersionRecord } from './version-record.ts';

/** A model: its versions, oldest first, and its aliases. */
export interface ModelRecord {
  readonly name: string;
  readonly versions: readonly VersionRecord[];
  readonly aliases: ReadonlyMap<string, number>;
  /** Every move of an alias, oldest first. */
  readonly moves: readonly AliasMove[];
  readonly damaged: readonly Damaged[];
}

/** The aliases that point at a version now. */
export function aliasesOf({ aliases }: Pick<ModelRecord, 'aliases'>, version: number): string[] {
  return [...aliases].filter(([, target]) => target === version).map(([alias]) => alias);
}

/** What a new version is told by; name, version and time are the store's. */
export type NewVersion = Omit<VersionRecord, 'format' | 'name' | 'version' | 'created'>;

/** Opens the models under `<runsDir>/models`, which need not exist yet. */
export function openModelStore(runsDir: string, clock: Clock = () => new Date()): ModelStore {
  return new ModelStore(join(runsDir, 'models'), clock);
}

/**
 * Promoted models: a folder a model, in it a folder a version, `1`, `2` and so on, made whole or not at all and never
 * changed, and `aliases.json`.
 */
export class ModelStore {
  readonly #path: string;
  readonly #clock: Clock;

  constructor(path: string, clock: Clock) {
    this.#path = path;
    this.#clock = clock;
  }

  folder(name: string, version: number): string {
    return join(this.#path, name, String(version));
  }

  /**
   * Makes the next version: `fill` writes its files into a temporary folder, `lineage.json` and `SHA256SUMS` are added, and the
   * folder takes its place. Where another process was faster, `fill` is called again for the number after. If `fill`
   * throws, or the process is killed, there is no new version; what a killed process had begun is removed the next time.
   */
  async createVersion(
    name: string,
    version: NewVersion,
    fill: (temporary: string, record: VersionRecord) => Promise<void>,
  ): Promise<VersionRecord> {
    checkModelName(name);
    await removeAbandoned(join(this.#path, name));
    for (;;) {
      const number = (await this.#numbers(name)).reduce((most, each) => Math.max(most, each), 0) + 1;
      const created = this.#clock().toISOString();
      const record: VersionRecord = { format: 1, name, version: number, created, ...version };
      const made = await writeFolderAtomic(this.folder(name, number), async (temporary) => {
        await fill(temporary, record);
        await writeFileAtomic(join(temporary, 'lineage.json'), `${JSON.stringify(record, null, 2)}\n`);
        await writeChecksums(temporary);
      });
      if (made) return record;
    }
  }

  /** The names of all models, sorted. A folder without versions, as a killed promotion leaves it, is none. */
  async names(): Promise<string[]> {
    const names = await list(this.#path);
    const numbers = await Promise.all(names.map((name) => this.#numbers(name)));
    return names.filter((_, i) => numbers[i]!.length > 0).sort();
  }

  /** All models, by name; one that goes meanwhile is left out. */
  async all(): Promise<ModelRecord[]> {
    const found = await Promise.all((await this.names()).map((name) => this.model(name).catch(unlessGone)));
    return found.filter((model) => model !== null);
  }

  /** A model by its name, with what of it cannot be read; without its aliases where their file is damaged. A UserError where there is none. */
  async model(name: string): Promise<ModelRecord> {
    const numbers = await this.#numbers(name);
    if (numbers.length === 0) throw await this.#unknown(name);
    const versions: VersionRecord[] = [];
    const damaged: Damaged[] = [];
    for (const number of numbers) {
      const result = await readVersion(this.folder(name, number), name, number);
      if ('record' in result) versions.push(result.record);
      else damaged.push(result.damaged);
    }
    const aliases = await readAliasFile(join(this.#path, name));
    if ('damaged' in aliases) damaged.push(aliases.damaged);
    const moves = 'moves' in aliases ? aliases.moves : [];
    return { name, versions, aliases: currentAliases(moves), moves, damaged };
  }

  /** The version that `MODEL`, `MODEL@ALIAS` or `MODEL:VERSION` names. A UserError where there is none or it is damaged. */
  async resolve(reference: string): Promise<VersionRecord> {
    const { name, which } = parseModelReference(reference);
    const numbers = await this.#numbers(name);
    const newest = numbers.at(-1);
    if (newest === undefined) throw await this.#unknown(name);
    const number =
      which === null ? newest : 'alias' in which ? await this.#aliased(name, which.alias) : which.version;
    if (!numbers.includes(number)) {
      throw new UserError(`${name} has no version ${number}; it has ${numbers.join(', ')}`, {
        kind: 'not-found',
      });
    }
    const result = await readVersion(this.folder(name, number), name, number);
    if ('record' in result) return result.record;
    throw new UserError(`${result.damaged.path} is damaged: ${result.damaged.reason}`, { kind: 'damaged' });
  }

  /** Points an alias at a version; nothing changes where it points there already. */
  async setAlias(name: string, alias: string, version: number): Promise<void> {
    checkAlias(alias);
    await this.resolve(`${name}:${version}`);
    await this.#move(name, (moves) =>
      currentAliases(moves).get(alias) === version
        ? null
        : { alias, version, at: this.#clock().toISOString() },
    );
  }

  /** Takes an alias away. A UserError where there is none. */
  async removeAlias(name: string, alias: string): Promise<void> {
    await this.model(name);
    await this.#move(name, (moves) => {
      if (!currentAliases(moves).has(alias))
        throw new UserError(`${name} has no alias ${alias}`, { kind: 'not-found' });
      return { alias, version: null, at: this.#clock().toISOString() };
    });
  }

  /** Points an alias at the version where it pointed before, and returns that version. A UserError where there is none. */
  async rollBack(name: string, alias: string): Promise<number> {
    await this.model(name);
    const move = await this.#move(name, (moves) => {
      const before = versionBefore(moves, alias);
      if (before === null)
        throw new UserError(`${name}@${alias} cannot be rolled back: it has pointed nowhere else before`, {
          kind: 'conflict',
        });
      return { alias, version: before, at: this.#clock().toISOString() };
    });
    return move!.version!;
  }

  async #aliased(name: string, alias: string): Promise<number> {
    const aliases = currentAliases(await readAliasMoves(join(this.#path, name)));
    const version = aliases.get(alias);
    if (version !== undefined) return version;
    const known = [...aliases.keys()];
    const has = known.length === 0 ? 'none at all' : known.join(', ');
    throw new UserError(`${name} has no alias ${alias}; it has ${has}${didYouMean(nearest(alias, known))}`, {
      kind: 'not-found',
    });
  }

  #move(name: string, next: (moves: readonly AliasMove[]) => AliasMove | null): Promise<AliasMove | null> {
    return addAliasMove(join(this.#path, name), next);
  }

  /** The versions that there are, whole or damaged, oldest first. */
  async #numbers(name: string): Promise<number[]> {
    const numbers = (await list(join(this.#path, name)))
      .filter((entry) => /^[1-9]\d*$/.test(entry))
      .map(Number);
    return numbers.sort((a, b) => a - b);
  }

  async #unknown(name: string): Promise<UserError> {
    const known = await this.names();
    if (known.length === 0) {
      return new UserError(`there is no model "${name}": ${this.#path} holds none`, {
        kind: 'not-found',
        remedy: { do: 'promote a run' },
      });
    }
    return new UserError(
      `there is no model "${name}" in ${this.#path}; there are: ${known.join(', ')}${didYouMean(nearest(name, known))}`,
      { kind: 'not-found' },
    );
  }
}

function unlessGone(error: unknown): null {
  if (error instanceof UserError && error.kind === 'not-found') return null;
  throw error;
}

/**
 * The version that an alias pointed at before it came to where it is: rolling back twice goes back two steps, not forth
 * again. Null where there is none.
 */
function versionBefore(moves: readonly AliasMove[], alias: string): number | null {
  const path: number[] = [];
  for (const { version } of moves.filter((move) => move.alias === alias)) {
    if (version === null) continue;
    const back = path.indexOf(version);
    if (back >= 0) path.length = back;
    path.push(version);
  }
  return path.at(-2) ?? null;
}

/** Names of the folders in a folder, without those that begin with a dot; none where it is not there. */
async function list(path: string): Promise<string[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => name);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    throw new UserError(`cannot list the models in ${path}: ${message}`, { kind: 'unavailable' });
  }
}
