'use client';

import { percent, printedName } from '@thaw/base/browser';
import { Box, Group, Image, Progress, Stack, Text, Title } from '@mantine/core';
import type { Explanation } from '../../api/operations/predictions.ts';
import type { Place } from '../../client/explain-image.ts';
import { HeatMap } from './heat-map.tsx';
import { NearestImages } from './nearest-images.tsx';

const side = 224;

/** What a model says of an image, and what that rests on. */
export function PredictionView({
  explanation,
  file,
  place,
  milliseconds,
  worth,
}: {
  explanation: Explanation;
  /** The image's name. */
  file: string;
  place: Place;
  milliseconds: number;
  /** What its probabilities are worth, in a sentence. */
  worth: string;
}) {
  const { model, version, label, classes, probabilities, seen, heat_map, nearest } = explanation;
  return (
    <Stack data-testid="prediction" data-place={place}>
      <div>
        <Title order={2} size="h4">
          {label}
        </Title>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {file}: {model}, version {version}, computed{' '}
          {place === 'server' ? 'on the server' : 'in this browser'} in {milliseconds.toFixed(0)} ms
        </Text>
      </div>
      {classes.map((name) => (
        <Box key={name} data-class={name} data-probability={probabilities[name]}>
          <Group justify="space-between">
            <Text size="sm" fw={name === label ? 700 : undefined}>
              {printedName(name)}
            </Text>
            <Text size="sm" fw={name === label ? 700 : undefined}>
              {percent(probabilities[name])}
            </Text>
          </Group>
          <Progress value={100 * probabilities[name]!} aria-label={`Probability of ${name}`} />
        </Box>
      ))}
      <Text size="sm">{worth}</Text>
      <Group align="start">
        <Box component="figure" m={0} w={side}>
          <Image src={seen} w={side} h={side} alt="The image as the network sees it" />
          <Text component="figcaption" size="sm">
            As the network sees it
          </Text>
        </Box>
        {heat_map && (
          <Box component="figure" m={0} w={side}>
            <HeatMap image={seen} map={heat_map} side={side} label={label} />
            <Text component="figcaption" size="sm">
              Where it found {label}: the brighter, the more (Grad-CAM)
            </Text>
          </Box>
        )}
      </Group>
      {nearest && <NearestImages images={nearest} />}
    </Stack>
  );
}
