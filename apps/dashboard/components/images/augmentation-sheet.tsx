import { ScrollRegion } from '../states/scroll-region.tsx';

/** A picture of what augmentation makes of images, an image a row. */
export function AugmentationSheet({ src, onError }: { src: string; onError?: () => void }) {
  return (
    <ScrollRegion label="What augmentation makes of images" height={640}>
      <img
        src={src}
        alt="Rows of images, each as it is and as six epochs would show it"
        style={{ display: 'block', maxWidth: '100%' }}
        onError={onError}
      />
    </ScrollRegion>
  );
}
