import type { ProgramExperiment } from '@thaw/experiment';
import { commandLine } from '../executors/program/command-line.ts';
import { programPatienceSeconds } from './program-jobs.ts';

/** Throws UserError for what would keep every trial of a program from starting. */
export function checkProgram({ program }: Pick<ProgramExperiment, 'program'>): void {
  programPatienceSeconds();
  commandLine(program, {}, { environment: process.env, platform: process.platform, jsonFile: '' });
}
