import { Box, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import classes from './new-sweep.module.css';

/** What takes its time and few ask for, under a title that opens it. */
export function Folded({ title, children }: { title: string; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      className={classes['folded']}
      open={isOpen}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary style={{ cursor: 'pointer' }}>
        <Text component="span" fw={600}>
          {title}
        </Text>
      </summary>
      {isOpen && <Box mt="sm">{children}</Box>}
    </details>
  );
}
