import {
  ArrowRightLeft,
  Box,
  House,
  Layers2,
  type LucideIcon,
  ScanSearch,
  Table,
  Webhook,
} from 'lucide-react';

export interface NavigationItem {
  readonly href: `/${string}`;
  readonly label: string;
  readonly icon: LucideIcon;
}

/** The pages that every page leads to. */
export const navigation: readonly NavigationItem[] = [
  { href: '/', label: 'Overview', icon: House },
  { href: '/sweeps', label: 'Sweeps', icon: Layers2 },
  { href: '/runs', label: 'Runs', icon: Table },
  { href: '/compare', label: 'Compare', icon: ArrowRightLeft },
  { href: '/models', label: 'Models', icon: Box },
  { href: '/try', label: 'Try', icon: ScanSearch },
  { href: '/api', label: 'API', icon: Webhook },
];
