'use client';

import { Breadcrumbs, Text } from '@mantine/core';
import { TextLink } from '../shell/text-link.tsx';

interface Props {
  /** Those that lead here, the widest first. */
  pages: readonly { readonly href: string; readonly label: string }[];
  here: string;
}

/** Where a page stands among the others. */
export function Trail({ pages, here }: Props) {
  return (
    <Breadcrumbs
      component="nav"
      aria-label="Breadcrumb"
      fz="sm"
      mb={4}
      separatorMargin={6}
      style={{ flexWrap: 'wrap' }}
    >
      {pages.map(({ href, label }) => (
        <TextLink key={href} href={href}>
          {label}
        </TextLink>
      ))}
      <Text size="sm" c="dimmed" aria-current="page">
        {here}
      </Text>
    </Breadcrumbs>
  );
}
