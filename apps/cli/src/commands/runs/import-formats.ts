/** What `runs import` reads, for its help. */
export const importFormats = `JSON:
  {
    "name": "notebook", "program": "Keras 2.3",          optional, as are the next two
    "parameters": {"model.alpha": 0.35},
    "history": {"loss": [..], "val_accuracy": [..]},      Keras's History.history
    "validation": {"report": REPORT},
    "test": {"predictions": [{"file": "A/1.png", "label": "A", "probabilities": {"A": 0.9, "B": 0.1}}]}
  }
Each part has a report, scikit-learn's classification_report(..., output_dict=True), or predictions;
probabilities may be lists beside "classes": ["A", "B"].

Printed reports: a text with both, each below a line that says validation or test; without such
lines validation comes first. A line such as "Test accuracy: 0.52795" gives the accuracy more exactly.`;
