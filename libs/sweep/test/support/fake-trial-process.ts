/** A stand-in for the trial process: what a trial does is named by its parameter `act`. */
import type { PoolMessage, TrialMessage } from '../../src/executors/messages.ts';

const summary = {
  epochs: 1,
  best_epoch: 1,
  train_accuracy: 1,
  train_loss: Number.NaN,
  val_accuracy: 0.5,
  val_loss: 1,
  test_accuracy: 0.25,
  test_loss: 2,
  gap: 0.25,
};
const epoch = {
  epoch: 1,
  loss: 1,
  accuracy: 0.5,
  val_loss: 1,
  val_accuracy: 0.5,
  seconds: 1,
  images_per_second: 100,
};
let isStopping = false;
let stopped: () => void = () => undefined;

function send(message: TrialMessage): void {
  process.send!(message);
}

process.on('SIGINT', () => undefined);
process.on('disconnect', () => {
  process.exit();
});
process.on('message', (message: PoolMessage) => {
  if (message.type === 'stop') {
    isStopping = true;
    stopped();
    return;
  }
  if (message.type === 'verdict') {
    const state = message.prune ? 'pruned' : 'finished';
    send({ type: 'done', outcome: isStopping ? { state: 'interrupted' } : { state, summary } });
    return;
  }
  send({ type: 'run', run: `run-${message.job.number}-of-${process.pid}` });
  switch (message.job.parameters.act) {
    case 'kill':
      process.kill(process.pid, 'SIGKILL');
      break;
    case 'throw':
      throw new Error('the fake trial broke');
    case 'exit':
      process.exit(3);
      break;
    case 'hang':
      for (;;) void 0;
    case 'ask':
      send({ type: 'verdict-wanted', record: { ...epoch, val_accuracy: message.job.number } });
      break;
    case 'freeze':
      process.kill(process.pid, 'SIGSTOP');
      break;
    case 'idle':
      setInterval(() => {
        send({ type: 'alive', memoryBytes: 0 });
      }, 50);
      break;
    case 'wait':
      stopped = () => {
        send({ type: 'done', outcome: { state: 'interrupted' } });
      };
      break;
    default:
      setTimeout(() => {
        send({ type: 'done', outcome: { state: 'finished', summary } });
      }, 30);
  }
});
