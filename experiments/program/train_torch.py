"""Cells of three kinds, made up: five views of each of 150 photographs, all views of one on the same side of the split."""
import json, os
import torch
from torch import nn

args = {"learning_rate": 0.01, "units": 16, "dropout": 0.0, **json.loads(os.environ.get("THAW_PARAMETERS", "{}"))}
torch.manual_seed(1)
torch.set_num_threads(1)
classes = ["basophil", "eosinophil", "neutrophil"]
label, photograph = torch.randint(3, (150,)).repeat_interleave(5), torch.arange(150).repeat_interleave(5)
x = 0.4 * torch.randn(3, 64)[label] + torch.randn(150, 64)[photograph] + 0.3 * torch.randn(750, 64)
train, validation, test = photograph < 90, (photograph >= 90) & (photograph < 120), photograph >= 120

model = nn.Sequential(nn.Linear(64, args["units"]), nn.ReLU(), nn.Dropout(args["dropout"]), nn.Linear(args["units"], 3))
optimizer = torch.optim.Adam(model.parameters(), args["learning_rate"])
for epoch in range(1, 31):
    model.train()
    for batch in train.nonzero().flatten()[torch.randperm(int(train.sum()))].split(32):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(x[batch]), label[batch])
        loss.backward()
        optimizer.step()
    model.eval()
    probabilities = model(x).softmax(1).detach()
    val_accuracy = (probabilities.argmax(1) == label)[validation].float().mean().item()
    print(f"thaw step={epoch} loss={loss.item()} val_accuracy={val_accuracy}")

for name, part in {"validation": validation, "test": test}.items():
    with open(os.path.join(os.environ.get("THAW_OUTPUT_DIR", "."), f"predictions-{name}.jsonl"), "w") as file:
        for i in part.nonzero().flatten().tolist():
            p = dict(zip(classes, probabilities[i].tolist()))
            row = {"file": f"view-{i}.png", "label": classes[label[i]], "group": f"photograph-{photograph[i]}", "probabilities": p}
            print(json.dumps(row), file=file)
