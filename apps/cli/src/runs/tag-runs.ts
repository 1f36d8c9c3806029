import { UserError } from '@thaw/base';
import { openStore } from '@thaw/tracking';
import { chooseRuns, type RunChoice } from './choose-runs.ts';

export interface TagOptions extends RunChoice {
  readonly runsDir: string;
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** Adds tags to runs and takes others away, and says which tags each has then. */
export async function tagRuns({ runsDir, add, remove, ...choice }: TagOptions): Promise<void> {
  if (add.length + remove.length === 0) throw new UserError('say what to change: --add TAG or --remove TAG');
  const both = add.find((tag) => remove.includes(tag));
  if (both !== undefined) throw new UserError(`--add and --remove both name the tag ${both}`);
  const store = openStore(runsDir);
  for (const { id } of await chooseRuns(store, choice)) {
    const { tags } = await store.annotate(id, { addTags: add, removeTags: remove });
    process.stdout.write(`${id}: ${tags.length === 0 ? 'no tags' : tags.join(', ')}\n`);
  }
}
