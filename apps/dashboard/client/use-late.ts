'use client';

import { notifications } from '@mantine/notifications';
import { useState, type ComponentType } from 'react';

/**
 * A component whose code is loaded when it is wanted, null until then, and what asks for it: whether it is there. Where it cannot be
 * had that is shown, and who asks again tries again.
 */
export function useLate<P>(
  load: () => Promise<ComponentType<P>>,
): [ComponentType<P> | null, () => Promise<boolean>] {
  const [Loaded, setLoaded] = useState<ComponentType<P> | null>(null);
  const ask = async () => {
    try {
      const component = await load();
      setLoaded(() => component);
      return true;
    } catch {
      notifications.show({ color: 'red', title: 'Not loaded', message: notLoaded });
      return false;
    }
  };
  return [Loaded, ask];
}

/** Why a part of the page is missing: the server is away, or is a newer one whose parts have other names. */
export const notLoaded =
  'A part of this page did not come from the server; if it does not come the next time either, load the page anew.';
