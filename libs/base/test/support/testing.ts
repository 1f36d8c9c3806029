export { killAt, type KillPoint } from './kill-at.ts';
export { programArguments } from './program-arguments.ts';
