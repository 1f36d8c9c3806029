import { fileURLToPath } from 'node:url';
import type { Claim } from '../claim.ts';
import { runCommand, scriptCommand } from '../measure/run-command.ts';

const script = fileURLToPath(new URL('../../libs/sweep/bench/coordination.ts', import.meta.url));
const rounds = 3;

interface CoordinationCost {
  readonly sweeps: readonly {
    readonly trials: number;
    readonly ms_a_trial: number;
    readonly processor_ms_a_trial: number;
  }[];
  readonly seconds: number;
  readonly longest_ms: number;
}

export const coordination: Claim = {
  says: 'Recording and coordinating trials costs next to nothing',
  async measure({ note }) {
    const costs: CoordinationCost[] = [];
    for (let round = 1; round <= rounds; round++) {
      note(`Thaw: 1,000 and 10,000 trivial trials and 100,000 metric points, round ${round} of ${rounds}`);
      costs.push(JSON.parse((await runCommand(scriptCommand(script))).output) as CoordinationCost);
    }
    return [
      {
        what: 'coordination, of 1,000 trials',
        unit: 'ms a trial',
        values: costs.map(({ sweeps }) => sweeps[0]!.ms_a_trial),
        limit: { atMost: 5 },
      },
      ...costs[0]!.sweeps.map(({ trials }, i) => ({
        what: `coordination, of ${trials.toLocaleString('en')} trials, processor time`,
        unit: 'ms a trial',
        values: costs.map(({ sweeps }) => sweeps[i]!.processor_ms_a_trial),
        limit: { atMost: 4 },
      })),
      {
        what: '100,000 metric points of one run',
        unit: 's',
        values: costs.map((cost) => cost.seconds),
        limit: { atMost: 2 },
      },
      {
        what: 'longest wait of training for the log, of 16,666 epochs',
        unit: 'ms',
        values: costs.map((cost) => cost.longest_ms),
        limit: null,
      },
    ];
  },
};
