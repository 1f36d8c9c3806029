export { executorContract, fakeJob } from './executor-contract.ts';
export { epoch, job, summary, trial } from './fixtures.ts';
export { freePort, hasRedis, startRedis, untilOpen, untilTested } from './redis.ts';
export { tinyExperiment } from './tiny-experiment.ts';
