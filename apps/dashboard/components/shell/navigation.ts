import {
  IconApi,
  IconArrowsDiff,
  IconBox,
  IconPhotoSearch,
  IconStack2,
  IconTable,
  type TablerIcon,
} from '@tabler/icons-react';

export interface NavigationItem {
  readonly href: `/${string}`;
  readonly label: string;
  readonly icon: TablerIcon;
}

/** The pages that every page leads to. */
export const navigation: readonly NavigationItem[] = [
  { href: '/sweeps', label: 'Sweeps', icon: IconStack2 },
  { href: '/runs', label: 'Runs', icon: IconTable },
  { href: '/compare', label: 'Compare', icon: IconArrowsDiff },
  { href: '/models', label: 'Models', icon: IconBox },
  { href: '/try', label: 'Try', icon: IconPhotoSearch },
  { href: '/api', label: 'API', icon: IconApi },
];
