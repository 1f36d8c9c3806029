'use client';

import { Alert, Box, Group, Image, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { listSamples, type Sample } from '../../api/operations/predictions.ts';
import { getImage } from '../../api/operations/run-files.ts';
import { apiUrl } from '../../client/fetch-api.ts';
import { useApi } from '../../client/use-api.ts';
import { Fetched } from '../states/fetched.tsx';

const side = 84;

/** Test images of the run that the model came from, with their true labels. */
export function Samples({ model, onImage }: { model: string; onImage: (image: File) => void }) {
  const result = useApi(listSamples, { params: { model } });
  const [problem, setProblem] = useState<string | null>(null);
  const take = (sample: Sample) => {
    setProblem(null);
    fetchSample(sample).then(onImage, (error: Error) => setProblem(error.message));
  };
  return (
    <div>
      <Text size="sm" mb="xs">
        Or one of its test images, which it was not trained on:
      </Text>
      <Fetched result={result}>
        {({ samples, missing }) => (
          <>
            {missing !== null && <Text size="sm">There are none: {missing}.</Text>}
            <Group gap="xs" align="start">
              {samples.map((sample) => (
                <UnstyledButton key={sample.file} onClick={() => take(sample)} w={side}>
                  <Image src={urlOf(sample)} w={side} h={side} fit="cover" alt="" />
                  <Box fz={11} style={{ overflowWrap: 'anywhere' }}>
                    {sample.label}
                  </Box>
                </UnstyledButton>
              ))}
            </Group>
          </>
        )}
      </Fetched>
      {problem !== null && <Alert color="red">{problem}</Alert>}
    </div>
  );
}

async function fetchSample(sample: Sample): Promise<File> {
  const response = await fetch(urlOf(sample));
  if (!response.ok) throw new Error(`${sample.file} is no longer there`);
  return new File([await response.blob()], sample.file.split('/').at(-1)!);
}

function urlOf({ run, file }: Sample): string {
  return apiUrl(getImage, { run, path: file });
}
