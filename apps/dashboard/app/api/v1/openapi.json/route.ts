import { openApi } from '../../../../api/openapi.ts';

export function GET(): Response {
  return Response.json(openApi());
}
