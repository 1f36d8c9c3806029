/** What the types of analyses promise; the compiler checks them (`npx tsc -p tsconfig.json`), nothing runs. */
import { openStore } from '@thaw/tracking';
import { expectTypeOf } from 'vitest';
import { recordGap, silent, type AnalysisListener } from '../src/index.ts';
import { compareRuns, type CompareDocument, type Comparison } from '../src/recorded.ts';

// Runs are compared by name, and the answer is a document.
const store = openStore('runs');
expectTypeOf(compareRuns).toBeCallableWith(store, ['latest', 'a'], { strict: true, cacheDir: 'cache' });
expectTypeOf(compareRuns).returns.resolves.toEqualTypeOf<CompareDocument>();
expectTypeOf<Comparison['ci95']>().toEqualTypeOf<readonly [number, number] | null>();
// @ts-expect-error where caches are is always said
void compareRuns(store, [], { strict: true });

// A gap is recorded for a listener, which may not care.
expectTypeOf(silent).toExtend<AnalysisListener>();
expectTypeOf(recordGap).parameter(1).toHaveProperty('retrain').toEqualTypeOf<number>();
