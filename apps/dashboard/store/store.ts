import { openStore, type Store } from '@thaw/tracking';
import { runsDirVariable } from './runs-dir.ts';

/** What tracking holds, in the folder that the server was started with. */
export function store(): Store {
  return openStore(process.env[runsDirVariable] ?? 'runs');
}
