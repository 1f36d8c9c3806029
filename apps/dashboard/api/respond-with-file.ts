import type { FileStore } from '@thaw/tracking';
import { store } from '../store/store.ts';
import { apiBase } from './operation.ts';
import { bodyIfWanted, refuse } from './respond.ts';

/** A route handler for `/runs/{run}/<kind>/{path}` that answers with a file of a run. */
export function respondWithFile(find: (store: FileStore, run: string, name: string) => Promise<Response>) {
  return async (request: Request): Promise<Response> => {
    try {
      // Of the address itself, because file names may hold a %, which is to be decoded once.
      const parts = new URL(request.url).pathname.slice(`${apiBase}/runs/`.length).split('/');
      const [run = '', , ...path] = parts.map(decodeURIComponent);
      return await bodyIfWanted(request, await find(store(), run, path.join('/')));
    } catch (error) {
      return refuse(error);
    }
  };
}
