/** An experiment file whose trials train for these numbers of epochs, each of which takes milliseconds. */
export function tinyExperiment(epochs: readonly number[]): string {
  return `name: tiny
dataset: {train_sources_per_class: 2, test_sources_per_class: 1, images_per_source: 3}
split: {validation: 0.5}
model: {alpha: 0.35, image_size: 32, weights: random, head_units: 4}
training: {early_stopping: false}
parameters:
  training.epochs: {values: [${epochs.join(', ')}]}
`;
}
