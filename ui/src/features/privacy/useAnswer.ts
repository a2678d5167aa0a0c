import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ask } from "~/shared/graphql/client";
import { explain } from "~/shared/graphql/errors";
import { DecideDocument, type ReviewItemFragment } from "~/shared/graphql/generated/operations";
import { say } from "~/shared/ui/toasts";

/** A person's answer to a finding. */
export interface Answer {
  finding: ReviewItemFragment;
  notPersonal: boolean;
  reason: string;
}

interface Act extends Answer {
  undoing?: boolean;
}

const touched = ["asset", "findings", "privacy", "search", "lineage"];

/** Keeps an answer at once and offers Undo: the answer before it, or none, stands again. */
export function useAnswer() {
  const queryClient = useQueryClient();
  const mutation = useMutation({
    mutationFn: ({ finding, notPersonal, reason, undoing }: Act) => {
      const before = undoing ? finding.decision : null;
      const word = undoing ? { class: before?.class || null, notPersonal: before?.notPersonal ?? false, reason: before?.reason ?? "taken back" } : { class: notPersonal ? null : finding.mark.class, notPersonal, reason };
      return ask(DecideDocument, { id: finding.asset.id, column: finding.column, ...word });
    },
    onSuccess: (_, { finding, notPersonal, undoing, ...rest }) => {
      if (undoing) say(`Undone: ${finding.column} stands as before.`);
      else say(notPersonal ? `${finding.column} is declared not personal.` : `${finding.column} is tagged: ${finding.mark.label}.`, { undo: () => mutation.mutate({ finding, notPersonal, ...rest, undoing: true }) });
      for (const key of touched) void queryClient.invalidateQueries({ queryKey: [key] });
    },
    onError: (error) => say(`Not saved. ${explain(error).why}`, { urgent: true }),
  });
  return mutation;
}
