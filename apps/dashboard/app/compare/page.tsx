import type { Metadata } from 'next';
import { CompareView } from '../../components/compare/compare-view.tsx';

export const metadata: Metadata = { title: 'Compare' };

interface Props {
  /** `run` once for each run to compare. */
  searchParams: Promise<{ run?: string | string[] }>;
}

export default async function ComparePage({ searchParams }: Props) {
  const { run = [] } = await searchParams;
  return <CompareView runs={[run].flat()} />;
}
