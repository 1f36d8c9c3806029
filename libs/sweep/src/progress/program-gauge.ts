import { fixed } from '@thaw/base';
import type { Job, TrialEvent } from '../executors/executor.ts';
import type { Gauge } from './gauge.ts';

const running = 'running';

/** What a program has last reported. Nobody knows how much there is to come. */
export class ProgramGauge implements Gauge {
  readonly begun: number;
  readonly #number: number;
  #reported = running;

  constructor({ number }: Pick<Job, 'number'>, now: number) {
    this.#number = number;
    this.begun = now;
  }

  update(event: TrialEvent): void {
    if (event.type === 'run') this.#reported = running;
    if (event.type !== 'epoch') return;
    const { epoch, ...metrics } = event.record as unknown as Readonly<Record<string, number>>;
    const values = Object.entries(metrics).map(([name, value]) => `${name} ${fixed(value, 4)}`);
    this.#reported = [`report ${epoch}`, ...values].join('  ');
  }

  fraction(): number {
    return 0;
  }

  doing(): string {
    return this.#reported;
  }

  text(): string {
    return `trial ${this.#number}  ${this.#reported}`;
  }
}
