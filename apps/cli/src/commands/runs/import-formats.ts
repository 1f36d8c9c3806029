/** What `runs import` reads, for its help. */
export const importFormats = `A file or a folder is recognised by what is in it. A table may be csv, JSON (pandas's to_json), JSON Lines or Python's str(...):
  Keras           History.history as JSON or by str(...), CSVLogger's file
  scikit-learn    classification_report, printed or output_dict=True; cv_results_, a run for each candidate
  predictions     a table (file,label,group,split and a column a class), JSON (lists "files", "labels",
                  "probabilities", "groups", "classes", or a list of objects), NumPy .npz of the same arrays, .npy
  TensorBoard     an event file, or a folder of them; train and validation beside each other are one run
  MLflow          the folder mlruns, one of its experiments or runs; search_runs().to_csv(...), a run for each line
  Optuna          study.trials_dataframe().to_csv(...), a run for each trial
  W&B             the table of runs as csv, a run for each line

Results of one part alone are of validation images where the file's name says val, else of test images.
With groups (patient, slide, photograph), intervals go by them. What a file lacks is said, the rest is shown.

All in one, as JSON:
  {
    "name": "notebook", "program": "Keras 2.3",          optional, as are the next three
    "parameters": {"model.alpha": 0.35},
    "history": {"loss": [..], "val_auc": [..]},
    "validation": {"report": REPORT},
    "test": {"predictions": [{"file": "A/1.png", "label": "A", "group": "patient 1", "probabilities": {"A": 0.9, "B": 0.1}}]}
  }
Printed reports: each below a line that says validation or test; without such lines validation comes first.
A line such as "Test accuracy: 0.52795" gives the accuracy more exactly.`;
