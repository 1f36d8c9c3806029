import { errorMessage } from './error-message.ts';
import { readOptions } from './options.ts';
import { buildIfChanged } from './build.ts';
import { serve } from './serve.ts';

let debug = false;
try {
  const options = await readOptions(process.argv.slice(2));
  if (options !== null) {
    debug = options.debug;
    const build = await buildIfChanged(process.stderr);
    await serve(options, build, process.stderr);
  }
} catch (error) {
  process.stderr.write(`${errorMessage(error, debug)}\n`);
  process.exitCode = 1;
}
