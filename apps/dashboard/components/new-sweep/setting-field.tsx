import { Box, Button, Group, Text } from '@mantine/core';
import { valueText } from '@thaw/experiment/browser';
import type { MistakeDocument } from '../../api/operations/experiments.ts';
import {
  firstSwept,
  withoutSwept,
  withSwept,
  withValue,
  type Edit,
} from '../../shape/new-sweep/edit-form.ts';
import type { Field } from '../../shape/new-sweep/fields.ts';
import { valueOf, type FormValues } from '../../shape/new-sweep/read-form.ts';
import classes from './new-sweep.module.css';
import { ParameterInput } from './parameter-input.tsx';
import { ValueInput } from './value-input.tsx';
import { Words } from '../states/words.tsx';

interface Props {
  field: Field;
  form: FormValues;
  mistakes: readonly MistakeDocument[];
  /** Values to choose from beside any other. */
  suggestions: readonly string[];
  edit: (change: Edit) => void;
}

/** One setting: its value or the values that the sweep tries, what it means, and what is wrong with it. */
export function SettingField({ field, form, mistakes, suggestions, edit }: Props) {
  const { path, canVary } = field;
  const swept = form.swept.get(path);
  const error =
    mistakes.length > 0
      ? mistakes.map(({ message }) => (
          <Text key={message} size="xs" inherit component="span" display="block">
            {message}
          </Text>
        ))
      : null;
  const shared = { label: path, description: <Description field={field} />, error };
  if (field.input.kind === 'section') {
    return (
      <Box className={classes['field']}>
        <Text size="sm" fw={600}>
          {path}
        </Text>
        <Text size="xs" c="dimmed">
          <Description field={field} />
        </Text>
        {error && (
          <Text size="xs" c="var(--mantine-color-error)">
            {error}
          </Text>
        )}
      </Box>
    );
  }
  return (
    <Group align="flex-start" gap="xs" wrap="nowrap" className={classes['field']}>
      <Box flex={1} miw={0}>
        {swept ? (
          <ParameterInput
            {...shared}
            field={field}
            entry={swept.entry}
            onChange={(entry) => edit((edited) => withSwept(edited, field, entry))}
          />
        ) : (
          <ValueInput
            {...shared}
            field={field}
            value={valueOf(form, field)}
            suggestions={suggestions}
            onChange={(value) => edit((edited) => withValue(edited, field, value))}
          />
        )}
      </Box>
      {canVary && (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={swept ? `One value for ${path}` : `Vary ${path}`}
          onClick={() =>
            edit((edited) =>
              swept ? withoutSwept(edited, field) : withSwept(edited, field, firstSwept(form, field)),
            )
          }
        >
          {swept ? 'One value' : 'Vary'}
        </Button>
      )}
    </Group>
  );
}

function Description({ field: { means, usual, example, readWith } }: { field: Field }) {
  const others = Object.entries(readWith).map(([path, values]) => `\`${path}\`: ${values}`);
  const sentences = [
    means,
    ...(usual !== undefined ? [`Default: \`${valueText(usual)}\`.`] : []),
    ...(usual === undefined && example !== undefined ? [`For example \`${valueText(example)}\`.`] : []),
    ...(others.length > 0 ? [`Read only with ${others.join(' and ')}.`] : []),
  ];
  return <Words text={sentences.join(' ')} />;
}
