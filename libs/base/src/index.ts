export { Random } from './random.ts';
export { UserError } from './user-error.ts';
