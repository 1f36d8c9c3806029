import type { Preprocessing } from '../artifact/preprocessing.ts';

/** A program for Python that says of image files what `predict` says; it stands beside the model's files. */
export function pythonCode({
  input,
  resize,
  normalize,
  depth,
  test_time_augmentation: views,
}: Preprocessing): string {
  const { divisor, offset } = normalize;
  const reversed = input.channels === 'BGR' ? '[:, :, ::-1]' : '';
  const seen = views ? 'views_of(prepare(file))' : 'prepare(file)';
  const run =
    input.batch === undefined
      ? `session.run(["probabilities"], {"${input.name}": ${seen}})[0]`
      : `run(session, ${seen})`;
  return `import json, sys
import numpy as np, onnxruntime
from PIL import Image
${resize.resize ? `\n${fitted[resize.resize]}\n` : ''}
def prepare(file):
    image = Image.open(file)
${depth ? scaledValues(depth) : highBytes}
    image = ${resize.resize ? 'fitted(image.convert("RGB"))' : 'image.convert("RGB")'}.resize((${input.width}, ${input.height}), Image.Resampling.${resize.interpolation.toUpperCase()})
    return np.asarray(image, np.float32)${reversed}[None] / ${float32(divisor)} ${shiftBy(offset)}
${views ? `\n${viewsInPython[views]}\n` : ''}${input.batch === undefined ? '' : `\n${filledBatch(input.batch, input)}\n`}
if __name__ == "__main__":
    labels = json.load(open("labels.json", encoding="utf-8"))
    session = onnxruntime.InferenceSession("model.onnx")
    for file in sys.argv[1:]:
        probabilities = ${run}${views ? '.mean(0)' : '[0]'}
        print(json.dumps({"file": file, "probabilities": dict(zip(labels, probabilities.tolist()))}))`;
}

function shiftBy(offset: Preprocessing['normalize']['offset']): string {
  return typeof offset === 'number' && offset < 0 ? `- ${float32(-offset)}` : `+ ${float32(offset)}`;
}

/** A number for all colours, or one for each. */
function float32(value: Preprocessing['normalize']['divisor']): string {
  return typeof value === 'number' ? `np.float32(${value})` : `np.array([${value.join(', ')}], np.float32)`;
}

const flips = 'views = np.concatenate([views, views[:, :, ::-1]])  # mirrored';
const upsideDown = 'views = np.concatenate([views, views[:, ::-1]])';
const swapped = 'views = np.concatenate([views, views.transpose(0, 2, 1, 3)])  # rows and columns swapped';

/** Of whose probabilities the mean is taken. */
const viewsInPython: Record<NonNullable<Preprocessing['test_time_augmentation']>, string> = {
  horizontal_flip: viewsOf(flips),
  flips: viewsOf(flips, upsideDown),
  dihedral: viewsOf(flips, upsideDown, swapped),
};

function viewsOf(...steps: string[]): string {
  return `def views_of(views):\n${[...steps, 'return views'].map((step) => `    ${step}`).join('\n')}`;
}

/** For a file that takes so many images at a time: one that is looked at, and copies of it. */
function filledBatch(batch: number, { name, height, width }: Preprocessing['input']): string {
  return `def run(session, views):  # the file takes ${batch === 1 ? 'one image' : `${batch} images`} at a time
    batches = [np.resize(view, (${batch}, ${height}, ${width}, 3)) for view in views]
    return np.stack([session.run(["probabilities"], {"${name}": batch})[0][0] for batch in batches])`;
}

/** Makes a square of an image. */
const fitted = {
  crop: `def fitted(image):  # the middle
    width, height = image.size
    side = min(width, height)
    left, top = (width - side) // 2, (height - side) // 2
    return image.crop((left, top, left + side, top + side))`,
  pad: `def fitted(image):  # black around it
    width, height = image.size
    side = max(width, height)
    result = Image.new("RGB", (side, side))
    result.paste(image, ((side - width) // 2, (side - height) // 2))
    return result`,
};

const highBytes = `    if image.mode.startswith("I;16"):  # Pillow would cut 16-bit grey off at 255
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))`;

function scaledValues({ low, high }: NonNullable<Preprocessing['depth']>): string {
  return `    if image.mode[0] in "IF":  # more than eight bits: scaled by the range of the training data
        share = (np.asarray(image, np.float64) - ${low}) / ${high > low ? high - low : 1}
        share = np.clip(np.nan_to_num(share), 0, 1)
        image = Image.fromarray(np.floor(share * 255 + 0.5).astype(np.uint8))`;
}
