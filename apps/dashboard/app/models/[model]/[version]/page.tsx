import type { Metadata } from 'next';
import { VersionView } from '../../../../components/models/version-view.tsx';

interface Props {
  params: Promise<{ model: string; version: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { model, version } = await params;
  return { title: `${decodeURIComponent(model)}:${version}` };
}

export default async function VersionPage({ params }: Props) {
  const { model, version } = await params;
  return <VersionView model={decodeURIComponent(model)} version={Number(version)} />;
}
