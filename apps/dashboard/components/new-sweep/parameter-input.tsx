import {
  Checkbox,
  CheckboxGroup,
  Code,
  Group,
  Input,
  NativeSelect,
  SegmentedControl,
  Stack,
  Text,
} from '@mantine/core';
import { textValue, valueText } from '@thaw/experiment/browser';
import type { ReactNode } from 'react';
import type { Field } from '../../shape/new-sweep/fields.ts';
import {
  listedValues,
  listText,
  readParameter,
  writeParameter,
  type ParameterForm,
  type Scale,
} from '../../shape/new-sweep/parameter.ts';
import { TypedText } from '../states/typed-text.tsx';

interface Props {
  label: string;
  description: ReactNode;
  error: ReactNode;
  field: Field;
  entry: unknown;
  onChange: (entry: unknown) => void;
}

/** The values of a setting that the sweep tries: a list, or a range of numbers. */
export function ParameterInput({ label, description, error, field, entry, onChange }: Props) {
  const form = readParameter(entry);
  const change = (next: Exclude<ParameterForm, { kind: 'other' }>) => onChange(writeParameter(next));
  const { input } = field;
  return (
    <Stack component="fieldset" gap={4} m={0} p={0} style={{ border: 0, minWidth: 0 }}>
      <Text component="legend" size="sm" fw={600} p={0} mb={2}>
        {label}, varied
      </Text>
      {input.kind === 'number' && form.kind !== 'other' && (
        <SegmentedControl
          size="xs"
          style={{ alignSelf: 'flex-start' }}
          aria-label={`How ${label} varies`}
          data={[
            { value: 'list', label: 'Listed values' },
            { value: 'range', label: 'A range' },
          ]}
          value={form.kind}
          onChange={(kind) => change(kind === 'list' ? listOf(form) : rangeOf(form))}
        />
      )}
      {form.kind === 'list' && input.kind === 'choice' && !input.orSection && (
        <CheckboxGroup
          aria-label={label}
          value={form.values.map(valueText)}
          // In the order of the words, whatever was ticked first.
          onChange={(texts) =>
            change({ kind: 'list', values: input.choices.filter((each) => texts.includes(valueText(each))) })
          }
        >
          <Group gap="md">
            {input.choices.map(valueText).map((text) => (
              <Checkbox key={text} value={text} label={text} size="sm" />
            ))}
          </Group>
        </CheckboxGroup>
      )}
      {form.kind === 'list' && !(input.kind === 'choice' && !input.orSection) && (
        <TypedText
          aria-label={`Values of ${label}`}
          value={listText(form.values)}
          onChange={(text) => {
            const values = listedValues(text);
            if (values !== null) change({ kind: 'list', values });
          }}
        />
      )}
      {form.kind === 'range' && <RangeInput label={label} form={form} change={change} />}
      {form.kind === 'other' && (
        <span>
          <Code>{form.text}</Code> Change it in the text.
        </span>
      )}
      {error && <Input.Error>{error}</Input.Error>}
      <Input.Description>{description}</Input.Description>
    </Stack>
  );
}

type Range = Extract<ParameterForm, { kind: 'range' }>;

function RangeInput({ label, form, change }: { label: string; form: Range; change: (next: Range) => void }) {
  const end = (name: 'min' | 'max', word: string) => (
    <TypedText
      label={word}
      aria-label={`${word} ${label}`}
      inputMode="decimal"
      w={120}
      value={form[name] == null ? '' : valueText(form[name])}
      onChange={(text) => change({ ...form, [name]: textValue(text) })}
    />
  );
  return (
    <Group gap="xs" align="flex-end">
      {end('min', 'Least')}
      {end('max', 'Greatest')}
      <NativeSelect
        label="Drawn"
        aria-label={`How ${label} is drawn`}
        value={form.scale}
        onChange={(event) => change({ ...form, scale: event.currentTarget.value as Scale })}
        data={[
          { value: 'even', label: 'evenly' },
          { value: 'logarithmic', label: 'evenly by its logarithm' },
        ]}
      />
    </Group>
  );
}

function numbersOf(form: ParameterForm): number[] {
  const values = form.kind === 'list' ? form.values : form.kind === 'range' ? [form.min, form.max] : [];
  return values.filter((each) => typeof each === 'number');
}

function listOf(form: ParameterForm): Extract<ParameterForm, { kind: 'list' }> {
  return { kind: 'list', values: numbersOf(form) };
}

/** From the least of the values to the greatest. */
function rangeOf(form: ParameterForm): Range {
  const numbers = numbersOf(form).sort((a, b) => a - b);
  return { kind: 'range', min: numbers[0], max: numbers.at(-1), scale: 'even' };
}
