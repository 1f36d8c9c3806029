import { spawn } from 'node:child_process';
import { UserError } from '@thaw/base';

/** Runs a TypeScript program in a process of its own and returns its standard output. UserError when it fails. */
export async function runScript(script: string, args: readonly string[] = []): Promise<string> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let told = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (told = (told + chunk.toString()).slice(-2000)));
  const exitCode = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (exitCode !== 0) throw new UserError(`${[script, ...args].join(' ')} failed:\n${told.trim()}`);
  return output;
}
