/** What the types of the store promise; the compiler checks them (`npx tsc -p tsconfig.json`), nothing runs. */
import { expectTypeOf } from 'vitest';
import { openStore, startRun, type RunRecord, type RunStore, type RunWriter } from '../src/index.ts';
import type { OpenRunStore } from './support/testing.ts';

// The store in files is one of many: what asks for a RunStore takes any, and needs no more than what it reads.
expectTypeOf(openStore).returns.toExtend<RunStore>();
expectTypeOf<(clock: () => Date) => RunStore>().toEqualTypeOf<OpenRunStore>();
declare const store: RunStore;
expectTypeOf(await store.run('latest')).toEqualTypeOf<RunRecord>();
expectTypeOf(await store.predictions('latest', 'test')).items.toHaveProperty('probabilities');
// @ts-expect-error the training images have no predictions
await store.predictions('latest', 'train');
// @ts-expect-error a store in files has folders; others may not
store.index();

// A store of one's own needs no class of ours: the writers are interfaces, too.
declare const writer: Omit<RunWriter, 'log'>;
expectTypeOf<typeof writer & { log(line: string): void }>().toExtend<RunWriter>();
// @ts-expect-error a writer without a log
expectTypeOf(writer).toExtend<RunWriter>();

// Metrics and summaries of one's own loop have any names, and numbers alone.
const run = await startRun({ name: 'my-loop' });
run.log({ loss: 1, f1: 0.9 }, 1);
// @ts-expect-error a metric is a number
run.log({ loss: '1' });
