import { UserError } from '@thaw/base';
import { openModelStore, parseModelReference } from '@thaw/tracking';

export interface MoveAliasOptions {
  readonly runsDir: string;
  /** MODEL:VERSION, or any other way to name a version. */
  readonly model: string;
  readonly alias: string;
}

/** Points an alias at a version, and says where it pointed before. */
export async function moveAlias({ runsDir, model, alias }: MoveAliasOptions): Promise<void> {
  const store = openModelStore(runsDir);
  const { name, version } = await store.resolve(model);
  const before = (await store.model(name)).aliases.get(alias);
  await store.setAlias(name, alias, version);
  const instead = before === undefined || before === version ? '' : `, no longer at version ${before}`;
  process.stdout.write(`${name}@${alias} points at version ${version}${instead}.\n`);
}

/** Points an alias (MODEL@ALIAS) at the version where it pointed before. */
export async function rollBackAlias({ runsDir, model }: Omit<MoveAliasOptions, 'alias'>): Promise<void> {
  const { name, which } = parseModelReference(model);
  if (!which || !('alias' in which)) {
    throw new UserError(
      `models rollback: found ${JSON.stringify(model)}; allowed: MODEL@ALIAS, such as cells@champion`,
    );
  }
  const version = await openModelStore(runsDir).rollBack(name, which.alias);
  process.stdout.write(`${name}@${which.alias} points at version ${version} again.\n`);
}
