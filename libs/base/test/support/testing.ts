export { formulaUniform, formulaWeight } from './golden-formula.ts';
export { killAt, type KillPoint } from './kill-at.ts';
export { commandLine, programArguments } from './program-arguments.ts';
