import type { Metadata } from 'next';
import { NewSweep } from '../../../components/new-sweep/new-sweep.tsx';

export const metadata: Metadata = { title: 'New sweep' };

export default function NewSweepPage() {
  return <NewSweep />;
}
