'use client';

import { Grid, GridCol } from '@mantine/core';
import { useSessionStorage } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMemo, useRef } from 'react';
import type { JsonSchema } from '@thaw/experiment/browser';
import { useExperimentCheck } from '../../client/use-experiment-check.ts';
import type { ExperimentSettings } from '../../client/use-experiment-settings.ts';
import { withFixed, type Edit, type Edited } from '../../shape/new-sweep/edit-form.ts';
import { formFields, sectionOrder } from '../../shape/new-sweep/fields.ts';
import { firstText } from '../../shape/new-sweep/first-text.ts';
import { mistakesByField, placeInText } from '../../shape/new-sweep/place-mistakes.ts';
import { readForm } from '../../shape/new-sweep/read-form.ts';
import { AdviseScenario } from './advise-scenario.tsx';
import { AugmentedViews } from './augmented-views.tsx';
import { BeginFrom } from './begin-from.tsx';
import { ExperimentForm } from './experiment-form.tsx';
import { MistakeList } from './mistake-list.tsx';
import classes from './new-sweep.module.css';
import { StartSweep } from './start-sweep.tsx';
import { textId, YamlEditor } from './yaml-editor.tsx';

/** An experiment as a form and as the text that it is, which stays the truth: each change of the form is one of the text. */
export function ExperimentEditor({ settings }: { settings: ExperimentSettings }) {
  // Kept by the browser's tab, of a sweep that was started, too: what is wrong with its images shows only then.
  const [text, setText] = useSessionStorage({
    key: 'new sweep',
    defaultValue: firstText,
    getInitialValueInEffect: false,
  });
  const schema = settings.schema as JsonSchema;
  const fields = useMemo(() => formFields({ ...settings, schema }), [settings, schema]);
  const scenarioField = fields.find(({ path }) => path === 'model.scenario')!;
  const order = useMemo(() => sectionOrder({ ...settings, schema }), [settings, schema]);
  const form = useMemo(() => readForm(text, fields, schema), [text, fields, schema]);
  const { check, error, isCurrent } = useExperimentCheck(text);
  const mistakes = useMemo(() => check?.mistakes ?? [], [check]);
  const byField = useMemo(() => mistakesByField(mistakes, fields, form), [mistakes, fields, form]);
  const editor = useRef<HTMLTextAreaElement>(null);

  const edit = (change: Edit) => {
    if (form === null) return;
    const edited: Edited = { text, form, schema, order };
    const next = change(edited);
    if (next !== null) setText(next);
    else {
      const message = 'It stands elsewhere in the file, behind an alias. Change it in the text.';
      notifications.show({ color: 'red', title: 'Not changed', message });
    }
  };
  const goTo = (line: number, column: number | null) => {
    const place = placeInText(text, line, column);
    editor.current?.focus();
    editor.current?.setSelectionRange(place, place);
  };
  return (
    <>
      <BeginFrom experiments={settings.experiments} text={text} setText={setText} />
      <AdviseScenario
        yaml={text}
        experiment={check?.experiment}
        use={(scenario) => edit((edited) => withFixed(edited, scenarioField, scenario))}
      />
      {/* What stands before it has a hundred stops of the Tab key. */}
      <a href={`#${textId}`} className="skip-link">
        Skip to the text
      </a>
      <AugmentedViews yaml={text} experiment={check?.experiment} />
      <Grid gap="lg">
        <GridCol span={{ base: 12, lg: 6 }}>
          <ExperimentForm
            fields={fields}
            form={form}
            schema={schema}
            folders={settings.folders}
            mistakes={byField}
            edit={edit}
          />
        </GridCol>
        <GridCol span={{ base: 12, lg: 6 }}>
          <div className={classes['beside']}>
            <YamlEditor ref={editor} text={text} setText={setText} mistakes={mistakes} />
            <MistakeList check={check} problem={error?.message ?? null} goTo={goTo} />
          </div>
        </GridCol>
      </Grid>
      <StartSweep yaml={text} check={check} isCurrent={isCurrent} />
    </>
  );
}
