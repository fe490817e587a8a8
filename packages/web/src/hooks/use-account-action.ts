/** An act on the account: what the pages show of it is asked anew once it is done. */
import { useMutation, useQueryClient } from '@tanstack/react-query';

export function useAccountAction<Argument = void, Result = unknown>(
  act: (argument: Argument) => Promise<Result>,
  then?: (result: Result) => void,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: async (result) => {
      await Promise.all([
        client.invalidateQueries({ queryKey: ['account'] }),
        client.invalidateQueries({ queryKey: ['me'] }),
      ]);
      then?.(result);
    },
  });
}
