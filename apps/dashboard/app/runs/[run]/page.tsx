import type { Metadata } from 'next';
import { RunView } from '../../../components/run/run-view.tsx';

interface Props {
  params: Promise<{ run: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).run) };
}

export default async function RunPage({ params }: Props) {
  return <RunView run={decodeURIComponent((await params).run)} />;
}
