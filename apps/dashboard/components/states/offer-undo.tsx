import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';

/** Says what was done, with a button that takes it back. */
export function offerUndo(what: string, undo: () => Promise<unknown>): void {
  const id = notifications.show({
    title: what,
    autoClose: 15_000,
    message: (
      <Button
        size="xs"
        variant="light"
        onClick={() => {
          notifications.hide(id);
          void undo();
        }}
      >
        Undo
      </Button>
    ),
  });
}
