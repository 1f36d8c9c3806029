import { UserError } from '@thaw/base';

const name = '[a-z0-9][a-z0-9._-]{0,63}';
const alias = '[a-z][a-z0-9_-]{0,63}';

/** What is asked for: a version, the version that an alias points at, or the newest. */
export interface ModelReference {
  readonly name: string;
  readonly which:
    | { readonly version: number }
    | { readonly alias: string }
    /** The newest. */
    | null;
}

/** Reads `MODEL`, `MODEL@ALIAS` or `MODEL:VERSION`; `MODEL@latest` is `MODEL`. A UserError says what else was found. */
export function parseModelReference(text: string): ModelReference {
  const match = new RegExp(`^(${name})(?:@(${alias})|:([1-9][0-9]{0,8}))?$`).exec(text);
  if (!match) {
    throw new UserError(
      `found ${JSON.stringify(text)}; allowed: a model, MODEL@ALIAS or MODEL:VERSION, such as cells, cells@champion or cells:2`,
    );
  }
  const [, model, aliasName, version] = match;
  if (version !== undefined) return { name: model!, which: { version: Number(version) } };
  return {
    name: model!,
    which: aliasName === undefined || aliasName === 'latest' ? null : { alias: aliasName },
  };
}

/** A UserError for what cannot be a model's name: it is a folder's name and stands in references and addresses. */
export function checkModelName(text: string): void {
  if (new RegExp(`^${name}$`).test(text)) return;
  throw new UserError(
    `a model's name: found ${JSON.stringify(text)}; allowed: up to 64 lower-case letters, digits, dots, hyphens and underscores, ` +
      'beginning with a letter or a digit',
  );
}

/** A UserError for what cannot be an alias. `latest` is none: it always is the newest version. */
export function checkAlias(text: string): void {
  if (text !== 'latest' && new RegExp(`^${alias}$`).test(text)) return;
  throw new UserError(
    `an alias: found ${JSON.stringify(text)}; allowed: up to 64 lower-case letters, digits, hyphens and underscores, beginning ` +
      'with a letter, and not latest, which is always the newest version',
  );
}
