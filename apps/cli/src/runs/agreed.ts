import { UserError } from '@thaw/base';
import { saysYes } from '../report/says-yes.ts';

export interface Question {
  readonly what: 'delete' | 'remove for good';
  readonly kind: 'run' | 'sweep';
  readonly ids: readonly string[];
  /** What else goes with them, as `with its 12 runs`. */
  readonly also?: string;
}

/** Whether the user says yes to what is about to be done. A UserError where nobody can be asked. */
export async function agreed({ what, kind, ids, also = '' }: Question): Promise<boolean> {
  const those = `${ids.length === 1 ? `this ${kind}` : `these ${ids.length} ${kind}s`}${also && ` ${also}`}`;
  if (!process.stdin.isTTY)
    throw new UserError(`would ${what} ${those}: ${ids.join(', ')}; confirm with --yes`);
  process.stderr.write(`${ids.join('\n')}\n`);
  return saysYes(`${what[0]!.toUpperCase()}${what.slice(1)} ${those}?`);
}
