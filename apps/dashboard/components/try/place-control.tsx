import { Radio, Stack } from '@mantine/core';
import type { Place } from '../../client/explain-image.ts';

/** Whether the server or this browser computes. */
export function PlaceControl({ value, onChange }: { value: Place; onChange: (place: Place) => void }) {
  return (
    <Radio.Group label="Computed" value={value} onChange={(place) => onChange(place as Place)}>
      <Stack gap={4} mt={4}>
        <Radio value="server" label="on the server" />
        <Radio
          value="browser"
          label="in this browser"
          description="The image stays here; the model is fetched once"
        />
      </Stack>
    </Radio.Group>
  );
}
