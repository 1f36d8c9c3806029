'use client';

import { percent } from '@thaw/base/browser';
import { Alert, Loader, Select, SimpleGrid, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import type { Model, ModelVersion } from '../../api/operations/models.ts';
import { explainImage, type Place } from '../../client/explain-image.ts';
import type { Version } from '../../client/in-browser/version-files.ts';
import { ImageInput } from './image-input.tsx';
import { PlaceControl } from './place-control.tsx';
import { PredictionView } from './prediction-view.tsx';
import { Samples } from './samples.tsx';

interface Question {
  readonly choice: Choice;
  readonly place: Place;
  readonly image: File | null;
}

/** Asks a model again whenever the image, the model or the place changes. Of the models one has a version that can be read. */
export function TryModel({ models }: { models: readonly Model[] }) {
  const choices = models.flatMap(choicesOf);
  const asked = useSearchParams().get('model');
  const [question, setQuestion] = useState<Question>({
    choice: choices.find(({ value }) => value === asked) ?? choices[0]!,
    place: 'server',
    image: null,
  });
  const prediction = useMutation({
    mutationFn: async ({ choice, place, image }: Question & { image: File }) => {
      const begun = performance.now();
      const explanation = await explainImage(choice.version, image, place);
      const milliseconds = performance.now() - begun;
      return { explanation, file: image.name, place, milliseconds, summary: choice.summary };
    },
  });
  const ask = (change: Partial<Question>) => {
    const next = { ...question, ...change };
    setQuestion(next);
    if (next.image) prediction.mutate({ ...next, image: next.image });
  };
  const { choice, place } = question;
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl">
      <Stack>
        <Select
          label="Model"
          data={choices.map(({ value, label }) => ({ value, label }))}
          value={choice.value}
          allowDeselect={false}
          onChange={(value) => ask({ choice: choices.find((each) => each.value === value)! })}
        />
        <PlaceControl value={place} onChange={(chosen) => ask({ place: chosen })} />
        <ImageInput onImage={(image) => ask({ image })} />
        <Samples model={choice.value} onImage={(image) => ask({ image })} />
      </Stack>
      <div aria-live="polite">
        {prediction.isPending && <Loader aria-label="Predicting" />}
        {prediction.isError && (
          <Alert color="red" title="This image was not classified">
            {prediction.error.message}
          </Alert>
        )}
        {prediction.data && <PredictionView {...prediction.data} worth={worthOf(prediction.data.summary)} />}
      </div>
    </SimpleGrid>
  );
}

interface Choice {
  /** MODEL:VERSION */
  readonly value: string;
  readonly label: string;
  readonly version: Version;
  readonly summary: ModelVersion['summary'];
}

function choicesOf({ name, versions }: Model): Choice[] {
  return versions.map(({ version, aliases, summary }) => ({
    value: `${name}:${version}`,
    label: `${name}, version ${version}${aliases.length > 0 ? ` (${aliases.join(', ')})` : ''}`,
    version: { name, version },
    summary,
  }));
}

/** What probabilities of a model are worth: how often it is right where it was not trained, in a sentence. */
function worthOf({ val_accuracy: validation, test_accuracy: test }: ModelVersion['summary']): string {
  const right = test === null ? 'its test set is sealed' : `on test images it was right in ${percent(test)}`;
  return `These say how sure the model is, not how often it is right: ${right}, on validation images in ${percent(validation)}.`;
}
