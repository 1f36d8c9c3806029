'use client';

import { listSweeps } from '../../api/operations/sweeps.ts';
import { useApi } from '../../client/use-api.ts';
import { DamagedRecords } from '../states/damaged-records.tsx';
import { Fetched } from '../states/fetched.tsx';
import { PageTitle } from '../states/page-title.tsx';
import { NewSweepButton } from '../steering/new-sweep-button.tsx';
import { NoSweeps } from './no-sweeps.tsx';
import { SweepTable } from './sweep-table.tsx';

/** All sweeps, the newest first. */
export function SweepList() {
  const result = useApi(listSweeps, {}, { refetchInterval: 2000 });
  return (
    <>
      <PageTitle>Sweeps</PageTitle>
      <Fetched result={result}>
        {({ sweeps, damaged }) => (
          <>
            <DamagedRecords damaged={damaged} />
            {sweeps.length === 0 ? (
              <NoSweeps />
            ) : (
              <>
                <NewSweepButton />
                <SweepTable sweeps={sweeps} />
              </>
            )}
          </>
        )}
      </Fetched>
    </>
  );
}
