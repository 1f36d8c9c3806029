'use client';

import { percent } from '@thaw/base/browser';
import { useMemo } from 'react';
import { getImportance } from '../../api/operations/comparison.ts';
import { useApi } from '../../client/use-api.ts';
import { Fetched } from '../states/fetched.tsx';
import { usePlotColors } from './colors.ts';
import { Plot } from './plot.tsx';

interface Props {
  importance: readonly { readonly parameter: string; readonly share: number }[];
}

/** How much each parameter matters for being among the best trials. */
export function ImportancePlot({ sweep, running }: { sweep: string; running: boolean }) {
  const result = useApi(getImportance, { params: { sweep } }, { refetchInterval: running && 5000 });
  return (
    <Fetched result={result}>
      {({ importance, trials, best, metric }) =>
        importance.every(({ share }) => share === 0) ? (
          <p>
            {trials} finished {trials === 1 ? 'trial shows' : 'trials show'} no difference between parameters.
          </p>
        ) : (
          <>
            <p style={{ fontSize: 14, marginTop: 0 }}>
              PED-ANOVA (Watanabe et al. 2023): for being among the best {best} of {trials} trials by {metric}
              .
            </p>
            <Bars importance={importance} />
          </>
        )
      }
    </Fetched>
  );
}

function Bars({ importance }: Props) {
  const colors = usePlotColors();
  const drawn = useMemo(() => {
    const shown = importance.toReversed();
    return {
      data: [
        {
          type: 'bar' as const,
          orientation: 'h' as const,
          x: shown.map(({ share }) => share),
          y: shown.map(({ parameter }) => parameter),
          text: shown.map(({ share }) => percent(share)),
          marker: { color: colors.validation },
        },
      ],
      layout: { xaxis: { tickformat: '.0%', range: [0, 1.02] } },
      table: {
        head: ['parameter', 'importance'],
        rows: importance.map(({ parameter, share }) => [parameter, percent(share)]),
      },
    };
  }, [importance, colors]);
  return <Plot label="Parameter importance" {...drawn} height={Math.max(160, 48 + 32 * importance.length)} />;
}
