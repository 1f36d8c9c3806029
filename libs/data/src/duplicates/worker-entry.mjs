// Node 20 gives a worker thread no loader of its parent's, so a thread enrols tsx itself before it reads TypeScript.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
