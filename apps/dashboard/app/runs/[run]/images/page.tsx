import type { Metadata } from 'next';
import { ImagesView } from '../../../../components/images/images-view.tsx';

interface Props {
  params: Promise<{ run: string }>;
  /** `with`: another run whose answers are put beside this one's. */
  searchParams: Promise<{ with?: string | string[] }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Images of ${decodeURIComponent((await params).run)}` };
}

export default async function ImagesPage({ params, searchParams }: Props) {
  const { with: other } = await searchParams;
  return <ImagesView run={decodeURIComponent((await params).run)} other={[other].flat()[0] ?? null} />;
}
