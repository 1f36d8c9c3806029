'use client';

import { Code, Stack } from '@mantine/core';
import { listModels } from '../../api/operations/models.ts';
import { useApi } from '../../client/use-api.ts';
import { DamagedRecords } from '../states/damaged-records.tsx';
import { Fetched } from '../states/fetched.tsx';
import { Notice } from '../states/notice.tsx';
import { PageTitle } from '../states/page-title.tsx';
import { ModelPanel } from './model-panel.tsx';

/** All promoted models, their versions side by side. */
export function ModelList() {
  const result = useApi(listModels, {}, { refetchInterval: 5000 });
  return (
    <>
      <PageTitle>Models</PageTitle>
      <Fetched result={result}>
        {({ models, damaged }) => (
          <Stack>
            <DamagedRecords damaged={damaged} />
            {models.length === 0 ? (
              <Notice title="There are no models yet">
                To make one of the best run of a sweep, run{' '}
                <Code>npx nx run promote --sweep latest --name MODEL</Code>.
              </Notice>
            ) : (
              models.map((model) => <ModelPanel key={model.name} model={model} />)
            )}
          </Stack>
        )}
      </Fetched>
    </>
  );
}
