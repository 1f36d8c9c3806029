import { describe, expect, test } from 'vitest';
import { readSettings, settingsSchema } from '../src/index.ts';

describe('the settings that a trial reads', () => {
  const model = (given: object, training = {}) => {
    const settings = settingsSchema.parse({ model: given, training });
    return readSettings(settings);
  };

  test('have an alpha where the backbone has several widths', () => {
    expect(model({ backbone: 'mobilenet_v2' }).model).toMatchObject({ alpha: 1 });
    expect(model({ backbone: 'resnet50' }).model).not.toHaveProperty('alpha');
    expect(model({ backbone: 'net.onnx' }).model).not.toHaveProperty('weights');
    expect(model({ backbone: 'net.onnx' }).model).toMatchObject({ scenario: 'feature_extraction' });
  });

  test('have no section of which nothing is read', () => {
    const given = { gradual_unfreezing: { epochs: 2, blocks: 1 }, momentum: 0.5 };
    const { training } = model({ scenario: 'feature_extraction' }, given);
    expect(training).not.toHaveProperty('gradual_unfreezing');
    expect(training).not.toHaveProperty('momentum');
    expect(model({ scenario: 'full_fine_tune' }, given).training).toMatchObject({
      gradual_unfreezing: { epochs: 2, blocks: 1 },
    });
  });
});
