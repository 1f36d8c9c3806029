import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { onStopSignals } from '../src/stop-signals.ts';

function listen() {
  const source = new EventEmitter();
  const told: (string | number)[] = [];
  let now = 0;
  const forget = onStopSignals({
    onStop: (exitCode) => told.push(exitCode),
    onStopNow: () => told.push('now'),
    clock: () => now,
    source: source as unknown as NodeJS.Process,
  });
  return {
    told,
    forget,
    source,
    signal(name: string, at: number) {
      now = at;
      source.emit(name, name);
    },
  };
}

describe('signals to stop', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])('%s stops with exit code %i', (name, exitCode) => {
    const { signal, told } = listen();
    signal(name, 0);
    expect(told).toEqual([exitCode]);
  });

  it('takes Ctrl-C from the terminal and from Nx within a second as one', () => {
    const { signal, told } = listen();
    for (const at of [0, 3, 999, 1000]) signal('SIGINT', at);
    expect(told).toEqual([130]);
  });

  it('takes a later one as impatience', () => {
    const { signal, told } = listen();
    signal('SIGINT', 0);
    signal('SIGINT', 1001);
    expect(told).toEqual([130, 'now']);
  });

  it('leaves no listener behind', () => {
    const { forget, source } = listen();
    forget();
    expect(source.eventNames()).toEqual([]);
  });
});
