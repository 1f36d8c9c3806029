import { help, readOptions } from './options.ts';
import { pack } from './pack.ts';

try {
  const options = readOptions(process.argv.slice(2));
  if (options === null) process.stdout.write(help);
  else for (const file of await pack(options, process.stderr)) process.stdout.write(`${file}\n`);
} catch (error) {
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\n--help shows what there is.\n`,
  );
  process.exitCode = 1;
}
