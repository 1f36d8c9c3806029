/** Where a page begins that begins from no file: short, and with nothing to download. */
export const firstText = `# Every setting that is left out has its default.
name: my-sweep
dataset:
  source: synthetic-smear    # blood smears that Thaw draws; a folder of your own goes in as path
model:
  weights: bundled
  image_size: 80
  scenario: feature_extraction
training:
  epochs: 20
  early_stopping: {monitor: val_loss, patience: 4, restore_best_weights: true}
method: grid
metric: {name: val_accuracy, goal: maximize}
parameters:
  training.learning_rate: {values: [0.0003, 0.001, 0.003]}
`;
