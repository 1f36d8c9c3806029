'use client';

import { Alert, Code, Loader, Select, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { Suspense, useState } from 'react';
import { listModels, type Model } from '../../api/operations/models.ts';
import { explainImage } from '../../client/explain-image.ts';
import { useApi } from '../../client/use-api.ts';
import { Fetched } from '../states/fetched.tsx';
import { Notice } from '../states/notice.tsx';
import { PageTitle } from '../states/page-title.tsx';
import { ImageInput } from './image-input.tsx';
import { PredictionView } from './prediction-view.tsx';

/** Lets anyone give a promoted model an image and see what it says, and why. */
export function TryView() {
  const result = useApi(listModels);
  return (
    <>
      <PageTitle>Try a model</PageTitle>
      <Fetched result={result}>
        {({ models }) =>
          models.length === 0 ? (
            <Notice title="There are no models yet">
              To make one, run <Code>npx nx run promote --sweep latest --name MODEL</Code>.
            </Notice>
          ) : (
            <Suspense>
              <TryModel models={models} />
            </Suspense>
          )
        }
      </Fetched>
    </>
  );
}

function TryModel({ models }: { models: readonly Model[] }) {
  const asked = useSearchParams().get('model');
  const choices = models.flatMap(choicesOf);
  const known = choices.find(({ value }) => value === asked) ?? choices[0]!;
  const [model, setModel] = useState(known.value);
  const [image, setImage] = useState<File | null>(null);
  const prediction = useMutation({
    mutationFn: (input: { model: string; image: File }) => explainImage(input.model, input.image),
  });
  const ask = (next: { model: string; image: File | null }) => {
    setModel(next.model);
    setImage(next.image);
    if (next.image) prediction.mutate({ model: next.model, image: next.image });
  };
  return (
    <Stack maw={900}>
      <Select
        label="Model"
        data={choices}
        value={model}
        allowDeselect={false}
        onChange={(value) => {
          if (value !== null) ask({ model: value, image });
        }}
      />
      <ImageInput onImage={(file) => ask({ model, image: file })} />
      {prediction.isPending && <Loader aria-label="Predicting" />}
      {prediction.isError && (
        <Alert color="red" title="This image was not classified">
          {prediction.error.message}
        </Alert>
      )}
      {prediction.data && <PredictionView explanation={prediction.data} />}
    </Stack>
  );
}

function choicesOf({ name, versions }: Model) {
  return versions.map(({ version, aliases }) => ({
    value: `${name}:${version}`,
    label: `${name}, version ${version}${aliases.length > 0 ? ` (${aliases.join(', ')})` : ''}`,
  }));
}
