'use client';

import { Box, Group, Image, Progress, Stack, Text, Title } from '@mantine/core';
import type { Explanation } from '../../api/operations/models.ts';
import { HeatMap } from './heat-map.tsx';

const side = 224;

/** What a model says of an image, and what that rests on. */
export function PredictionView({ explanation }: { explanation: Explanation }) {
  const { model, version, label, probabilities, seen, heat_map, nearest } = explanation;
  const ranked = Object.entries(probabilities).sort(([, a], [, b]) => b - a);
  return (
    <Stack data-testid="prediction">
      <Title order={2} size="h4">
        {label}
      </Title>
      <Text size="sm" c="dimmed">
        {model}, version {version}
      </Text>
      {ranked.map(([name, probability]) => (
        <Box key={name} data-class={name} data-probability={probability}>
          <Group justify="space-between">
            <Text size="sm">{name}</Text>
            <Text size="sm">{(100 * probability).toFixed(1)} %</Text>
          </Group>
          <Progress value={100 * probability} aria-label={`Probability of ${name}`} />
        </Box>
      ))}
      <Group align="start">
        <Box component="figure" m={0}>
          <Image src={seen} w={side} h={side} alt="The image as the network sees it" />
          <Text component="figcaption" size="sm">
            As the network sees it
          </Text>
        </Box>
        <Box component="figure" m={0}>
          <HeatMap image={seen} map={heat_map} side={side} />
          <Text component="figcaption" size="sm">
            Where it found {label} (Grad-CAM)
          </Text>
        </Box>
      </Group>
      {nearest && <Nearest images={nearest} />}
    </Stack>
  );
}

function Nearest({ images }: { images: NonNullable<Explanation['nearest']> }) {
  return (
    <>
      <Text size="sm">Training images that the network finds most alike:</Text>
      <Group align="start">
        {images.map(({ file, label, similarity, picture }) => (
          <Box component="figure" m={0} key={file}>
            {picture && <Image src={picture} h={96} w="auto" alt={file} />}
            <Text component="figcaption" size="sm" title={file}>
              {label}, {similarity.toFixed(3)}
            </Text>
          </Box>
        ))}
      </Group>
    </>
  );
}
