'use client';

import { Anchor } from '@mantine/core';
import Link from 'next/link';
import type { ReactNode } from 'react';

/** A link to another page of the dashboard, which is fetched when it is asked for; told by its line, not by colour alone. */
export function TextLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Anchor component={Link} href={href} prefetch={false} underline="always" inherit>
      {children}
    </Anchor>
  );
}
