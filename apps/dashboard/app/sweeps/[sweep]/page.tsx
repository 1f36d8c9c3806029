import type { Metadata } from 'next';
import { SweepView } from '../../../components/sweeps/sweep-view.tsx';

interface Props {
  params: Promise<{ sweep: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).sweep) };
}

export default async function SweepPage({ params }: Props) {
  return <SweepView sweep={decodeURIComponent((await params).sweep)} />;
}
