import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { ask } from "~/shared/graphql/client";
import { explain } from "~/shared/graphql/errors";
import { DecideDocument, FindingsDocument, type DecideMutationVariables } from "~/shared/graphql/generated/operations";
import { say } from "~/shared/ui/toasts";

/** All findings of a dataset with their evidence. */
export const findingsQuery = (dataset: string) =>
  queryOptions({ queryKey: ["findings", { dataset }], queryFn: ({ signal }) => ask(FindingsDocument, { dataset }, signal) });

/** Keeps a person's decision about a column, and makes what shows it ask again. */
export function useDecide(done: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (decision: DecideMutationVariables) => ask(DecideDocument, decision),
    onSuccess: (_, { column, notPersonal }) => {
      say(notPersonal ? `${column} is declared not personal.` : `${column} is tagged as personal data.`);
      done();
      for (const key of ["asset", "findings", "privacy", "search"]) void queryClient.invalidateQueries({ queryKey: [key] });
    },
    onError: (error) => say(`Not saved. ${explain(error).why}`, { urgent: true }),
  });
}
