'use client';

import { Code, Group } from '@mantine/core';
import { listModels } from '../../api/operations/models.ts';
import { useApi } from '../../client/use-api.ts';
import { DamagedRecords } from '../states/damaged-records.tsx';
import { Fetched } from '../states/fetched.tsx';
import { Notice } from '../states/notice.tsx';
import { PageTitle } from '../states/page-title.tsx';
import { ModelPanel } from './model-panel.tsx';
import { PromoteButton } from './promote-button.tsx';
import { RunningPromotions } from './running-promotions.tsx';

/** All promoted models, their versions side by side. */
export function ModelList() {
  const result = useApi(listModels, {}, { refetchInterval: 5000 });
  return (
    <>
      <PageTitle>Models</PageTitle>
      <RunningPromotions />
      <Fetched result={result}>
        {({ models, damaged }) => (
          <>
            <DamagedRecords damaged={damaged} />
            {models.length === 0 ? (
              <Notice title="There are no models yet" action={<PromoteButton />}>
                Promote the best run of a sweep here, or with{' '}
                <Code>npx nx run promote --sweep latest --name MODEL</Code>.
              </Notice>
            ) : (
              <>
                <Group mb="md">
                  <PromoteButton />
                </Group>
                {models.map((model) => (
                  <ModelPanel key={model.name} model={model} />
                ))}
              </>
            )}
          </>
        )}
      </Fetched>
    </>
  );
}
