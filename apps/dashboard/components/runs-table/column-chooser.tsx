'use client';

import { ActionIcon, Button, Checkbox, Group, Popover, ScrollArea, Stack, TextInput } from '@mantine/core';
import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react';
import { useState } from 'react';
import type { View } from '../../shape/view.ts';

interface Props {
  all: readonly string[];
  columns: readonly string[];
  change: (part: Partial<View>) => void;
}

/** Which columns are shown, in which order. */
export function ColumnChooser({ all, columns, change }: Props) {
  const [wanted, setWanted] = useState('');
  const listed = [...columns, ...all.filter((name) => !columns.includes(name))].filter((name) =>
    name.toLowerCase().includes(wanted.toLowerCase()),
  );
  return (
    <Popover position="bottom-start" trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<Columns3 size={16} aria-hidden />}>
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <TextInput
            aria-label="Find a column"
            placeholder="Find a column"
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
          <ScrollArea.Autosize mah={320} type="auto">
            {listed.map((name) => (
              <ColumnItem key={name} name={name} columns={columns} change={change} />
            ))}
          </ScrollArea.Autosize>
          <Button variant="subtle" size="xs" onClick={() => change({ columns: null, widths: {} })}>
            As usual
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function ColumnItem({ name, columns, change }: { name: string } & Omit<Props, 'all'>) {
  const position = columns.indexOf(name);
  const move = (by: number) => {
    const others = columns.filter((each) => each !== name);
    change({ columns: others.toSpliced(Math.max(0, position + by), 0, name) });
  };
  return (
    <Group gap={4} wrap="nowrap" justify="space-between">
      <Checkbox
        size="xs"
        py={4}
        label={name}
        checked={position >= 0}
        onChange={() =>
          change({ columns: position >= 0 ? columns.filter((each) => each !== name) : [...columns, name] })
        }
      />
      {position >= 0 && (
        <Group gap={2} wrap="nowrap">
          <ActionIcon size="sm" variant="subtle" aria-label={`Move ${name} left`} onClick={() => move(-1)}>
            <ArrowUp size={14} />
          </ActionIcon>
          <ActionIcon size="sm" variant="subtle" aria-label={`Move ${name} right`} onClick={() => move(1)}>
            <ArrowDown size={14} />
          </ActionIcon>
        </Group>
      )}
    </Group>
  );
}
