import json, sys
import numpy as np, onnxruntime
from PIL import Image

def fitted(image):  # the middle
    width, height = image.size
    side = min(width, height)
    left, top = (width - side) // 2, (height - side) // 2
    return image.crop((left, top, left + side, top + side))

def prepare(file):
    image = Image.open(file)
    if image.mode.startswith("I;16"):  # Pillow would cut 16-bit grey off at 255
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    image = fitted(image.convert("RGB")).resize((96, 96), Image.Resampling.BICUBIC)
    return np.asarray(image, np.float32)[None] / np.float32(127.5) - np.float32(1)

if __name__ == "__main__":
    labels = json.load(open("labels.json", encoding="utf-8"))
    session = onnxruntime.InferenceSession("model.onnx")
    for file in sys.argv[1:]:
        probabilities = session.run(["probabilities"], {"input_layer": prepare(file)})[0][0]
        print(json.dumps({"file": file, "probabilities": dict(zip(labels, probabilities.tolist()))}))
