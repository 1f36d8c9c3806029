import { runCommandLine } from './cli.ts';
import { errorText } from './error-text.ts';
import { areLong, runWithArgumentsInFile, typedArguments } from './long-arguments.ts';

// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

const args = typedArguments(process);
try {
  if (areLong(process.argv)) process.exitCode = await runWithArgumentsInFile(args);
  else await runCommandLine(args);
} catch (error) {
  const debug = args.some(
    (arg, i) => arg === '--log-level=debug' || (arg === '--log-level' && args[i + 1] === 'debug'),
  );
  process.stderr.write(`${errorText(error, debug)}\n`);
  process.exitCode = 1;
}
