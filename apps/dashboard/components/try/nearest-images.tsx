import { Box, Group, Image, Text, Title } from '@mantine/core';
import type { Explanation } from '../../api/operations/predictions.ts';

/** Training images whose features are most like those of an image. */
export function NearestImages({ images }: { images: NonNullable<Explanation['nearest']> }) {
  return (
    <div>
      <Title order={3} size="h5" mb="xs">
        Training images that the network finds most alike
      </Title>
      <Group align="start">
        {images.map(({ file, label, similarity, picture }) => (
          <Box component="figure" m={0} key={file} maw={128}>
            {picture === null ? (
              <Text size="sm">The file is gone</Text>
            ) : (
              <Image src={picture} h={96} w="auto" alt={file} />
            )}
            <Text component="figcaption" size="sm" title={file} style={{ overflowWrap: 'anywhere' }}>
              {label}, {similarity.toFixed(3)}
            </Text>
          </Box>
        ))}
      </Group>
    </div>
  );
}
