/** The report that Thaw grew from, as scikit-learn prints it: a notebook's validation and test images. */
export const report = `
              precision    recall  f1-score   support

  EOSINOPHIL       0.94      0.91      0.93       499
  LYMPHOCYTE       0.98      0.98      0.98       496
    MONOCYTE       0.98      0.98      0.98       495
  NEUTROPHIL       0.92      0.95      0.94       499

    accuracy                           0.96      1989
   macro avg       0.96      0.96      0.96      1989
weighted avg       0.96      0.96      0.96      1989


              precision    recall  f1-score   support

  EOSINOPHIL       0.46      0.54      0.50       623
  LYMPHOCYTE       0.78      0.48      0.60       620
    MONOCYTE       0.79      0.33      0.47       620
  NEUTROPHIL       0.42      0.76      0.54       624

    accuracy                           0.53      2487
   macro avg       0.61      0.53      0.53      2487
weighted avg       0.61      0.53      0.53      2487
`;
