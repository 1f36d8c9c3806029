import { Badge, Group, Stack, Text } from '@mantine/core';
import { counted } from '@thaw/base/browser';
import { useState, type ReactNode } from 'react';
import type { MistakeDocument } from '../../api/operations/experiments.ts';
import type { Field } from '../../shape/new-sweep/fields.ts';
import { valueOf, type FormValues } from '../../shape/new-sweep/read-form.ts';

interface Props {
  title: string;
  fields: readonly Field[];
  mistakes: ReadonlyMap<string, readonly MistakeDocument[]>;
  form: FormValues;
  children: (field: Field) => ReactNode;
}

/** Settings that few change, folded; what is set among them, and what is wrong, is said outside. */
export function FieldSection({ title, fields, mistakes, form, children }: Props) {
  // What is folded is not drawn: there are a hundred settings.
  const [isOpen, setOpen] = useState(false);
  const isSet = (field: Field) => form.swept.has(field.path) || valueOf(form, field) !== undefined;
  const set = fields.filter((field) => field.input.kind !== 'section' && isSet(field)).length;
  const wrong = fields.filter(({ path }) => mistakes.has(path)).length;
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary style={{ cursor: 'pointer' }}>
        <Group component="span" display="inline-flex" gap="xs">
          <Text component="span" fw={600}>
            {title}
          </Text>
          <Text component="span" size="sm" c="dimmed">
            {counted(fields.length, 'more setting')}
            {set > 0 && `, ${set} in the file`}
          </Text>
          {wrong > 0 && (
            <Badge component="span" variant="dot" color="red" tt="none">
              {counted(wrong, 'mistake')}
            </Badge>
          )}
        </Group>
      </summary>
      {isOpen && (
        <Stack gap="md" mt="sm" pl="md">
          {fields.map(children)}
        </Stack>
      )}
    </details>
  );
}
