import type { Metadata } from 'next';
import { TextLink } from '../components/shell/text-link.tsx';
import { Notice } from '../components/states/notice.tsx';
import { PageTitle } from '../components/states/page-title.tsx';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <>
      <PageTitle>Not found</PageTitle>
      <Notice title="There is no such page">
        The address may be misspelt. What there is stands on <TextLink href="/">the first page</TextLink>.
      </Notice>
    </>
  );
}
