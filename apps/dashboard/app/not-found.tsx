import type { Metadata } from 'next';
import { TextLink } from '../components/shell/text-link.tsx';
import { Notice } from '../components/states/notice.tsx';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <Notice title="There is no such page">
      The address may be misspelt. All sweeps are on <TextLink href="/sweeps">the first page</TextLink>.
    </Notice>
  );
}
