import json, sys
import numpy as np, onnxruntime
from PIL import Image

def prepare(file):
    image = Image.open(file)
    if image.mode[0] in "IF":  # more than eight bits: scaled by the range of the training data
        share = (np.asarray(image, np.float64) - 100) / 3995
        share = np.clip(np.nan_to_num(share), 0, 1)
        image = Image.fromarray(np.floor(share * 255 + 0.5).astype(np.uint8))
    image = image.convert("RGB").resize((96, 96), Image.Resampling.BILINEAR)
    return np.asarray(image, np.float32)[None] / np.float32(127.5) - np.float32(1)

if __name__ == "__main__":
    labels = json.load(open("labels.json", encoding="utf-8"))
    session = onnxruntime.InferenceSession("model.onnx")
    for file in sys.argv[1:]:
        probabilities = session.run(["probabilities"], {"input_layer": prepare(file)})[0][0]
        print(json.dumps({"file": file, "probabilities": dict(zip(labels, probabilities.tolist()))}))
