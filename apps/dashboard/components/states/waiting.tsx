import { Box, Loader } from '@mantine/core';

/** In place of what is on its way: it keeps its room, a CSS height, so that what stands below does not jump. */
export function Waiting({ room }: { room?: string | undefined }) {
  return (
    <Box mih={room}>
      {/* A name needs a role. */}
      <Loader role="status" aria-label="Loading" />
    </Box>
  );
}
