import { help, readOptions } from './options.ts';
import { pack } from './pack.ts';

let debug = false;
try {
  const options = readOptions(process.argv.slice(2));
  debug = options?.debug ?? false;
  if (options === null) process.stdout.write(help);
  else for (const file of await pack(options, process.stderr)) process.stdout.write(`${file}\n`);
} catch (error) {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(`${debug ? stack : message}\n--help shows what there is.\n`);
  process.exitCode = 1;
}
