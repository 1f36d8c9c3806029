'use client';

import { TextLink } from '../shell/text-link.tsx';
import { Notice } from '../states/notice.tsx';
import { PageTitle } from '../states/page-title.tsx';

/** Two runs or more beside each other. */
export function CompareView({ runs }: { runs: readonly string[] }) {
  return (
    <>
      <PageTitle>Compare</PageTitle>
      {runs.length < 2 && (
        <Notice title="Choose two runs or more">
          Select them among all <TextLink href="/runs">runs</TextLink> or in a sweep, then choose “Compare”.
        </Notice>
      )}
    </>
  );
}
