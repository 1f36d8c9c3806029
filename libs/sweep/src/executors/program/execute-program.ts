import { mkdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isFullDisk, UserError } from '@thaw/base';
import { macroOf, type Summary } from '@thaw/experiment';
import { freeSummary, logUrlFile, openStore, type Provenance, type RunWriter } from '@thaw/tracking';
import { checkpointFile, removeCheckpoint } from '../checkpoint-files.ts';
import { deathReason } from '../death-reason.ts';
import type { ProgramJob, TrialOutcome } from '../executor.ts';
import type { Served } from '../serve-trials.ts';
import { groupConsumption } from '../usage/consumption.ts';
import { watchUsage } from '../usage/watch-usage.ts';
import { Watchdog } from '../watchdog.ts';
import { readBroughtPredictions, type BroughtPredictions } from './brought-predictions.ts';
import { commandLine, nested } from './command-line.ts';
import { linesOf } from './lines.ts';
import { openLogEndpoint } from './log-endpoint.ts';
import { programEnvironment } from './program-environment.ts';
import { metricMistake, readReportLine } from './report.ts';
import { Reports } from './reports.ts';
import { startProgram } from './running-program.ts';

/** How much of a program's last words is kept, in characters. */
const lastWordsLimit = 8192;

export interface ExecuteProgramOptions extends Served {
  readonly provenance: Provenance;
}

/** Runs one trial of a program and writes its run: what it reports as it comes, its output and, last of all, its end. */
export async function executeProgram(
  job: ProgramJob,
  { provenance, ...served }: ExecuteProgramOptions,
): Promise<TrialOutcome> {
  const { sweep, number, parameters, program } = job;
  const run = await openStore(job.runsDir).createRun({
    sweep,
    number,
    parameters,
    settings: null,
    provenance: { ...provenance, program: { file: program.file, command: program.command } },
  });
  served.send({ type: 'run', run: run.id });
  try {
    const outcome = await runRecorded(job, run, served);
    if (outcome.state === 'finished') await run.finish(outcome.summary, outcome.classes);
    else if (outcome.state === 'pruned') await run.prune(outcome.summary, outcome.classes);
    else if (outcome.state === 'failed') await run.fail(outcome.error);
    else await run.interrupt();
    if (outcome.state !== 'interrupted' && outcome.state !== 'failed') await removeCheckpoint(job);
    return outcome;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (isFullDisk(error)) {
      // Where even that cannot be written, a run without a living process reads as interrupted.
      await run.interrupt().catch(() => undefined);
      return { state: 'interrupted', error: message, kind: 'full-disk' };
    }
    await run.fail(message);
    return { state: 'failed', error: message, permanent: error instanceof UserError };
  }
}

type Ended =
  | Exclude<TrialOutcome, { readonly summary: Summary }>
  | (Extract<TrialOutcome, { readonly summary: Summary }> & { readonly classes: readonly string[] | null });

async function runRecorded(job: ProgramJob, run: RunWriter, served: Served): Promise<Ended> {
  const { signal, send, prune } = served;
  let cause: Extract<TrialOutcome, { state: 'failed' }> | null = null;
  let isPruned = false;
  let end: () => boolean = () => false;
  const failWith = (error: string, permanent: boolean) => {
    cause ??= { state: 'failed', error, permanent };
    end();
  };
  const onPruned = () => {
    isPruned = end();
    return isPruned;
  };
  const reports = new Reports({ run, metric: job.metric, send, prune, onPruned });
  let watchdog: Watchdog | null = null;
  const sign = () => {
    watchdog?.sign(true);
  };
  const endpoint = await openLogEndpoint((report) => {
    sign();
    return reports.add(report);
  });
  const urlFile = join(run.folder, logUrlFile);
  const outputFolder = join(run.folder, 'output');
  let stopWatching: () => void = () => undefined;
  try {
    await writeFile(urlFile, `${endpoint.url}\n`, { mode: 0o600 });
    const words = await wordsOf(job, run);
    const checkpointFolder = checkpointFile(job);
    for (const folder of [outputFolder, checkpointFolder]) await mkdir(folder, { recursive: true });
    const places = { run: run.id, logUrl: endpoint.url, outputFolder, checkpointFolder };
    const environment = programEnvironment(job, places, process.env);
    run.log(`$ ${words.join(' ')}`);
    const program = await startProgram(words, { directory: job.directory, environment }).catch(
      (error: unknown) => {
        throw isFullDisk(error)
          ? error
          : new UserError(`it could not be started: ${(error as Error).message}`);
      },
    );
    served.started(program.pid);
    stopWatching = watchUsage({
      read: () => groupConsumption(program.pid),
      write: (record) => {
        run.logUsage(record);
      },
      clock: () => performance.now(),
    });
    end = () => program.end(job.graceMs);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
    const { patienceMs } = job;
    watchdog = new Watchdog({ silenceMs: patienceMs, standstillMs: patienceMs }, () => {
      const limit = `${patienceMs / 1000} s (THAW_PROGRAM_PATIENCE_SECONDS)`;
      failWith(`it wrote and reported nothing for ${limit}, so it was ended`, false);
    });
    let lastWords = '';
    const note = (line: string, isReport = false) => {
      run.log(line);
      if (!isReport) lastWords = `${lastWords}${line}\n`.slice(-lastWordsLimit);
    };
    const readOutput = async () => {
      let number = 0;
      for await (const line of linesOf(program.stdout, sign)) {
        number++;
        const read = readReportLine(line);
        note(line, read !== null);
        if (read === null) continue;
        const mistake = 'mistake' in read ? read.mistake : await reports.add(read);
        if (mistake !== null) failWith(`line ${number} of its output: ${mistake}`, true);
      }
    };
    const readErrors = async () => {
      for await (const line of linesOf(program.stderr, sign)) note(line);
    };
    await Promise.all([readOutput(), readErrors()]).catch((error: unknown) => {
      program.end(0);
      throw error;
    });
    const { code, signal: killedBy } = await program.ended;
    if (signal.aborted) return { state: 'interrupted' };
    if (cause !== null) return cause;
    if (!isPruned && code !== 0) return { state: 'failed', error: deathReason(code, killedBy, lastWords) };
    const brought = await readBroughtPredictions(outputFolder).catch((error: unknown) => {
      // A program that had to end in the middle is not to blame for half a file.
      if (!isPruned) throw error;
      run.log((error as Error).message);
      return null;
    });
    const figures = { ...reports.last, ...brought?.figures };
    const missing = isPruned ? null : metricMistake(job.metric, figures);
    if (missing !== null) return { state: 'failed', error: missing, permanent: true };
    if (brought) await keepPredictions(run, brought);
    const summary = freeSummary(figures, reports.steps);
    return { state: isPruned ? 'pruned' : 'finished', summary, classes: brought?.classes ?? null };
  } finally {
    signal.removeEventListener('abort', end);
    watchdog?.stop();
    stopWatching();
    await endpoint.close();
    await rm(urlFile, { force: true });
    await rmdir(outputFolder).catch(() => undefined);
  }
}

async function keepPredictions(run: RunWriter, brought: BroughtPredictions): Promise<void> {
  await run.writePredictions('validation', brought.validation);
  if (brought.test === null) await run.seal();
  else await run.writePredictions('test', brought.test);
  if (brought.groups) await run.writeGroups(brought.groups);
}

/** The words that start the program, with the file of its parameters where they name one. */
async function wordsOf({ program, parameters }: ProgramJob, run: RunWriter): Promise<string[]> {
  const jsonFile = join(run.folder, 'parameters.json');
  if (program.command.some((item) => macroOf(item) === 'args_json_file')) {
    await writeFile(jsonFile, `${JSON.stringify(nested(parameters, program.paths))}\n`);
  }
  return commandLine(program, parameters, {
    environment: process.env,
    platform: process.platform,
    jsonFile,
  });
}
