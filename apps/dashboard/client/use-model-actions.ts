'use client';

import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { listModels, moveAlias, removeAlias } from '../api/operations/models.ts';
import { fetchApi } from './fetch-api.ts';

export interface ModelActions {
  readonly move: (alias: string, version: number) => Promise<boolean>;
  readonly rollBack: (alias: string) => Promise<boolean>;
  readonly remove: (alias: string) => Promise<boolean>;
}

/** What can be done to the aliases of a model, and whether it was done. That and a refusal are shown; the pages follow. */
export function useModelActions(model: string): ModelActions {
  const client = useQueryClient();
  const act = async (done: () => Promise<string>) => {
    try {
      notifications.show({ message: await done() });
      return true;
    } catch (error) {
      notifications.show({ color: 'red', title: 'Not done', message: (error as Error).message });
      return false;
    } finally {
      await client.invalidateQueries({ queryKey: [listModels.id] });
    }
  };
  const point = (alias: string, version: number | null) =>
    act(async () => {
      const moved = await fetchApi(moveAlias, { params: { model }, body: { alias, version } });
      return `${model}@${moved.alias} points at version ${moved.version}`;
    });
  return {
    move: point,
    rollBack: (alias) => point(alias, null),
    remove: (alias) =>
      act(async () => {
        await fetchApi(removeAlias, { params: { model, alias } });
        return `${model}@${alias} was taken away`;
      }),
  };
}
