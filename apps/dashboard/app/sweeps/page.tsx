import type { Metadata } from 'next';
import { SweepList } from '../../components/sweeps/sweep-list.tsx';

export const metadata: Metadata = { title: 'Sweeps' };

export default function SweepsPage() {
  return <SweepList />;
}
