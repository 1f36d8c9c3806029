// A thread does not inherit the loader that runs TypeScript from source.
import { register } from 'tsx/esm/api';

register();
await import('./classify-thread.ts');
