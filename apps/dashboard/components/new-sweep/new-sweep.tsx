'use client';

import { useReadOnly } from '../../client/read-only.ts';
import { useExperimentSettings } from '../../client/use-experiment-settings.ts';
import { Trail } from '../names/trail.tsx';
import { Fetched } from '../states/fetched.tsx';
import { PageTitle } from '../states/page-title.tsx';
import { ExperimentEditor } from './experiment-editor.tsx';

/** Where a sweep is put together and started. */
export function NewSweep() {
  const isReadOnly = useReadOnly();
  const result = useExperimentSettings();
  return (
    <>
      <Trail pages={[{ href: '/sweeps', label: 'Sweeps' }]} here="New sweep" />
      <PageTitle>New sweep</PageTitle>
      {!isReadOnly && (
        <Fetched result={result} room="100vh">
          {(settings) => <ExperimentEditor settings={settings} />}
        </Fetched>
      )}
    </>
  );
}
