export { MlflowApi } from './mlflow-api.ts';
export { MlflowError, type MlflowErrorCode } from './requests/mlflow-error.ts';
