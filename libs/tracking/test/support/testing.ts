export { beginTrial, epoch, newRun, newSweep, provenance, summary, tickingClock } from './fixtures-data.ts';
export { runStoreContract, type OpenRunStore } from './run-store-contract.ts';
