'use client';

import { percent } from '@thaw/base/browser';
import { Box, Group, Text } from '@mantine/core';
import { getImportance } from '../../api/operations/comparison.ts';
import { useApi } from '../../client/use-api.ts';
import { Fetched } from '../states/fetched.tsx';
import { usePlotColors } from './colors.ts';
import { PlotTable } from './plot-table.tsx';

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

/** Its figure stands behind it. */
const longestBar = 0.7;

function Bars({ importance }: Props) {
  const colors = usePlotColors();
  return (
    <Box component="figure" m={0}>
      <div role="img" aria-label="Parameter importance">
        {importance.map(({ parameter, share }) => (
          <Group key={parameter} gap="xs" wrap="nowrap" mb={6}>
            <Text size="xs" ta="right" w="38%" truncate title={parameter}>
              {parameter}
            </Text>
            <div style={{ flex: 1, display: 'flex', alignItems: 'center', gap: 6 }}>
              <div
                style={{ width: `${100 * longestBar * share}%`, height: 20, background: colors.validation }}
              />
              <Text size="xs">{percent(share)}</Text>
            </div>
          </Group>
        ))}
      </div>
      <PlotTable
        label="Parameter importance"
        head={['parameter', 'importance']}
        rows={() => importance.map(({ parameter, share }) => [parameter, percent(share)])}
      />
    </Box>
  );
}
