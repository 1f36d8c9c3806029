import { Alert, Stack } from '@mantine/core';
import type { JsonSchema } from '@thaw/experiment/browser';
import { useMemo } from 'react';
import type { MistakeDocument } from '../../api/operations/experiments.ts';
import { isOffered } from '../../shape/new-sweep/alternatives.ts';
import type { Edit } from '../../shape/new-sweep/edit-form.ts';
import { fieldGroups } from '../../shape/new-sweep/field-groups.ts';
import type { Field } from '../../shape/new-sweep/fields.ts';
import type { FormValues } from '../../shape/new-sweep/read-form.ts';
import { FieldSection } from './field-section.tsx';
import { SettingField } from './setting-field.tsx';

interface Props {
  fields: readonly Field[];
  /** Null while the text cannot be read. */
  form: FormValues | null;
  schema: JsonSchema;
  folders: readonly string[];
  mistakes: ReadonlyMap<string, readonly MistakeDocument[]>;
  edit: (change: Edit) => void;
}

/** The settings of an experiment: first those that most people change, the others folded by their sections. */
export function ExperimentForm({ fields, form, schema, folders, mistakes, edit }: Props) {
  const { first, others } = useMemo(() => fieldGroups(fields), [fields]);
  if (form === null) {
    return (
      <Alert title="The form waits for the text" maw={720}>
        The text is not YAML yet. Its mistakes are listed below it; once they are mended the form is here
        again.
      </Alert>
    );
  }
  const shown = (field: Field) => isOffered(schema, form, field);
  const render = (field: Field) => (
    <SettingField
      key={field.path}
      field={field}
      form={form}
      mistakes={mistakes.get(field.path) ?? []}
      suggestions={field.path === 'dataset.path' ? folders : []}
      edit={edit}
    />
  );
  return (
    <Stack component="form" gap="md" aria-label="Settings" onSubmit={(event) => event.preventDefault()}>
      {first.filter(shown).map(render)}
      {others.map(({ title, fields: each }) => (
        <FieldSection key={title} title={title} fields={each.filter(shown)} mistakes={mistakes} form={form}>
          {render}
        </FieldSection>
      ))}
    </Stack>
  );
}
