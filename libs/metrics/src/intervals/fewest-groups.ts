/** With fewer independent groups their spread is a guess, and what goes by it rough (bench/coverage.ts). */
export const fewestGroups = 10;
