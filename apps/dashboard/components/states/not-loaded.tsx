import { Button } from '@mantine/core';
import { notLoaded } from '../../client/use-late.ts';
import { Notice } from './notice.tsx';

/** In place of a part of the page whose code did not come. */
export function NotLoaded({ again }: { again?: () => void }) {
  return (
    <Notice title="This cannot be shown" action={again && <Button onClick={again}>Try again</Button>}>
      {notLoaded}
    </Notice>
  );
}
