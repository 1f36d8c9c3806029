import type { Metadata } from 'next';
import { TryView } from '../../components/try/try-view.tsx';

export const metadata: Metadata = { title: 'Try a model' };

export default function TryPage() {
  return <TryView />;
}
