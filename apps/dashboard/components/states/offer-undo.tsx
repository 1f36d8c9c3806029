import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useRef } from 'react';

/** Says what was done, with a button that takes it back. */
export function offerUndo(what: string, undo: () => Promise<unknown>): void {
  const id = notifications.show({
    title: what,
    autoClose: 15_000,
    message: (
      <UndoButton
        onClick={() => {
          notifications.hide(id);
          void undo();
        }}
      />
    ),
  });
}

/** Gets the focus where what had it is gone with what was done; it stands at the end of the page, far from there. */
function UndoButton({ onClick }: { onClick: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) button.current?.focus();
    });
    return () => clearTimeout(timer);
  }, []);
  return (
    <Button ref={button} size="xs" variant="light" onClick={onClick}>
      Undo
    </Button>
  );
}
