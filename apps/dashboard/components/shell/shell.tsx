'use client';

import { AppShell, Burger, Group, NavLink, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { ColorSchemeControl } from './color-scheme-control.tsx';
import { navigation } from './navigation.ts';
import { ReadOnlyNotice } from './read-only-notice.tsx';

/** Header, navigation and the page between them. */
export function Shell({ children }: { children: ReactNode }) {
  const [opened, { toggle, close }] = useDisclosure();
  const path = usePathname();
  return (
    <AppShell
      header={{ height: 48 }}
      navbar={{ width: 160, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding="md"
    >
      <a href="#main" className="skip-link">
        Skip to the page
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" gap="sm">
          <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label="Navigation" />
          <Title order={2} size="h4" component="p">
            Thaw
          </Title>
          <Group ml="auto">
            <ColorSchemeControl />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label="Pages">
        {navigation.map(({ href, label, icon: Icon }) => (
          <NavLink
            key={href}
            component={Link}
            href={href}
            // Each page would fetch all others, from a server that has its own figures to find.
            prefetch={false}
            label={label}
            leftSection={<Icon size={18} aria-hidden />}
            active={path === href || path.startsWith(`${href}/`)}
            aria-current={path === href ? 'page' : undefined}
            onClick={close}
          />
        ))}
      </AppShell.Navbar>
      <AppShell.Main id="main">
        <ReadOnlyNotice />
        {children}
      </AppShell.Main>
    </AppShell>
  );
}
