'use client';

import { PageTitle } from '../states/page-title.tsx';
import { RunsTable } from './runs-table.tsx';

/** All runs of the store. */
export function RunsView() {
  return (
    <>
      <PageTitle>Runs</PageTitle>
      <RunsTable sweep={null} />
    </>
  );
}
