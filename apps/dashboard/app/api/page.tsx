import type { Metadata } from 'next';
import { openApi } from '../../api/openapi.ts';
import { ApiPage, type ApiDocument } from '../../components/api-page/api-page.tsx';

export const metadata: Metadata = { title: 'API' };

export default function Api() {
  return <ApiPage document={openApi() as unknown as ApiDocument} />;
}
