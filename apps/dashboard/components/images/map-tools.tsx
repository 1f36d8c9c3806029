import { ActionIcon, Button, Group } from '@mantine/core';
import { Lasso, Maximize, ZoomIn, ZoomOut } from 'lucide-react';

interface Props {
  onZoom: (by: number) => void;
  onWhole: () => void;
  isLasso: boolean;
  onLasso: () => void;
  isSelected: boolean;
  onClear: () => void;
}

/** The buttons above a map. */
export function MapTools({ onZoom, onWhole, isLasso, onLasso, isSelected, onClear }: Props) {
  const tools = [
    ['Nearer', ZoomIn, () => onZoom(1.5)],
    ['Farther', ZoomOut, () => onZoom(1 / 1.5)],
    ['The whole map', Maximize, onWhole],
  ] as const;
  return (
    <Group gap="xs" mb={6}>
      {tools.map(([label, Icon, onClick]) => (
        <ActionIcon
          key={label}
          variant="default"
          size="md"
          aria-label={label}
          title={label}
          onClick={onClick}
        >
          <Icon size={16} aria-hidden />
        </ActionIcon>
      ))}
      <Button
        size="compact-sm"
        variant={isLasso ? 'filled' : 'default'}
        aria-pressed={isLasso}
        leftSection={<Lasso size={16} aria-hidden />}
        onClick={onLasso}
      >
        Lasso
      </Button>
      {isSelected && (
        <Button size="compact-sm" variant="default" onClick={onClear}>
          Show all again
        </Button>
      )}
    </Group>
  );
}
