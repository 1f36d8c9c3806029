'use client';

import { Code } from '@mantine/core';
import { Suspense } from 'react';
import { listModels } from '../../api/operations/models.ts';
import { useApi } from '../../client/use-api.ts';
import { TextLink } from '../shell/text-link.tsx';
import { DamagedRecords } from '../states/damaged-records.tsx';
import { Fetched } from '../states/fetched.tsx';
import { Notice } from '../states/notice.tsx';
import { PageTitle } from '../states/page-title.tsx';
import { TryModel } from './try-model.tsx';

/** Lets anyone give a promoted model an image and see what it says, and why. */
export function TryView() {
  const result = useApi(listModels);
  return (
    <>
      <PageTitle>Try a model</PageTitle>
      <Fetched result={result}>
        {({ models, damaged }) => (
          <>
            <DamagedRecords damaged={damaged} />
            {models.every(({ versions }) => versions.length === 0) ? (
              <Notice title={damaged.length > 0 ? 'No model can be read' : 'There are no models yet'}>
                Promote a run on the page of all <TextLink href="/models">models</TextLink>, or with{' '}
                <Code>npx nx run promote --sweep latest --name MODEL</Code>.
              </Notice>
            ) : (
              <Suspense>
                <TryModel models={models} />
              </Suspense>
            )}
          </>
        )}
      </Fetched>
    </>
  );
}
