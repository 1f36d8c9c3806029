export type { Artifacts } from './artifacts.ts';
export { MlflowApi } from './mlflow-api.ts';
export { MlflowError, type MlflowErrorCode } from './requests/mlflow-error.ts';
